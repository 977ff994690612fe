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

/** What programs call the label by which they elect a member: 'role', 'spilo-role', 'cnpg.io/instanceRole', 'redis/master'. */
const ELECTED = /(?:^|[-_./])(?:role|leader|master|primary)$|Role$/;

/** Whether pods may get a label that their template does not have: from a controller, or from their own program. */
export function isSetAtRunTime(key: string): boolean {
  return SET_BY_CONTROLLERS.has(key) || ELECTED.test(key);
}
