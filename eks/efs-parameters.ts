/**
 * The parameters of a StorageClass that the driver of EFS reads; it minds capitals, and ignores any other.
 *
 * @see https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/README.md
 */
export const EFS_PARAMETERS: readonly string[] = [
  'provisioningMode',
  'fileSystemId',
  'fileSystemIdConfigRef',
  'fileSystemIdSecretRef',
  'directoryPerms',
  'uid',
  'gid',
  'gidRangeStart',
  'gidRangeEnd',
  'basePath',
  'subPathPattern',
  'ensureUniqueDirectory',
  'reuseAccessPoint',
  'enableTagging',
  'enforceZoneAffinity',
  'az',
];
/** The parameters that say in which file system a volume is made: one of them is required. */
export const EFS_FILE_SYSTEM: readonly string[] = ['fileSystemId', 'fileSystemIdConfigRef', 'fileSystemIdSecretRef'];
/** The values of `provisioningMode`. */
export const EFS_MODES: readonly string[] = ['efs-ap', 's3files-ap'];
