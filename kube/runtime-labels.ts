/** Labels that pods get from their controller or at admission, beside those of the template. */
const SET_BY_KUBERNETES: ReadonlySet<string> = new Set([
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/job-name',
  'controller-revision-hash',
  'controller-uid',
  'job-name',
  'pod-template-generation',
  'pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
]);

/** What programs call the label by which they elect a member: 'role', 'spilo-role', 'cnpg.io/instanceRole', 'redis/master'. */
const ELECTED = /(?:^|[-_./])(?:role|leader|master|primary)$|Role$/;

/** Whether pods may get a label that their template does not have: from a controller, or from their own program. */
export function isSetAtRunTime(key: string): boolean {
  return SET_BY_KUBERNETES.has(key) || ELECTED.test(key);
}
