/**
 * Drivers that make no snapshots, and what backs up their volumes instead.
 *
 * @see https://github.com/kubernetes-sigs/aws-efs-csi-driver#features
 * @see https://github.com/kubernetes-sigs/aws-fsx-csi-driver#features
 * @see https://github.com/awslabs/mountpoint-s3-csi-driver#features
 */
export const WITHOUT_SNAPSHOTS: Readonly<Record<string, string>> = {
  'efs.csi.aws.com': 'back up the file system with AWS Backup',
  'fsx.csi.aws.com': 'back up the file system with backups of FSx or AWS Backup',
  's3.csi.aws.com': 'switch on versions of the objects of the bucket',
  'secrets-store.csi.k8s.io': 'delete it: its volumes hold secrets of AWS',
};
