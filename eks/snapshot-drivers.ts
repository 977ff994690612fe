/**
 * Drivers of volumes that make no snapshots, with what copies their files instead.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/storage.html
 */
export const WITHOUT_SNAPSHOTS: ReadonlyMap<string, string> = new Map([
  ['efs.csi.aws.com', 'AWS Backup copies file systems of EFS'],
  ['fsx.csi.aws.com', 'backups of FSx for Lustre are made by FSx itself'],
  ['s3.csi.aws.com', 'a bucket keeps old versions of its objects where versioning is on'],
]);

/** The annotation that makes a VolumeSnapshotClass the default of its driver. */
export const DEFAULT_SNAPSHOT_CLASS = 'snapshot.storage.kubernetes.io/is-default-class';
