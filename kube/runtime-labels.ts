/** Labels that pods get from a controller or at admission, beside those of the template. */
const SET_BY_CONTROLLERS: ReadonlySet<string> = new Set([
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/job-name',
  'controller-revision-hash',
  'controller-uid',
  'eks.amazonaws.com/fargate-profile',
  'gateway.networking.k8s.io/gateway-name',
  'istio.io/rev',
  'job-name',
  'pod-template-generation',
  'pod-template-hash',
  'security.istio.io/tlsMode',
  'service.istio.io/canonical-name',
  'service.istio.io/canonical-revision',
  'statefulset.kubernetes.io/pod-name',
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
]);

/** Labels of controllers whose pods are made of templates of custom resources. */
const OF_CUSTOM =
  /^(?:jobset\.sigs\.k8s\.io|leaderworkerset\.sigs\.k8s\.io|ray\.io|serving\.knative\.dev|training\.kubeflow\.org|volcano\.sh)\//;

/** What programs call the label by which they elect a member: 'role', 'spilo-role', 'cnpg.io/instanceRole', 'redis/master'. */
const ELECTED = /(?:^|[-_./])(?:role|leader|master|primary)$|Role$/;

/** Whether a label is given by the controller of a custom resource that has pod templates. */
export const isOfCustomWorkload = (key: string): boolean => OF_CUSTOM.test(key);

/** Whether pods may get a label that their template does not have: from a controller, or from their own program. */
export function isSetAtRunTime(key: string): boolean {
  return SET_BY_CONTROLLERS.has(key) || isOfCustomWorkload(key) || ELECTED.test(key);
}
