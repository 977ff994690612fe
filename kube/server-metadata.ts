/** What a cluster writes into metadata, and `kubectl get -o yaml` prints: the types and shapes of manifests do not have it. */
export const SERVER_METADATA: readonly string[] = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];
