import { EBS_DRIVER, OLD_EBS_DRIVER } from './compute-modes';

/**
 * The StorageClass that EKS makes in every new cluster; since Kubernetes 1.30 it is not the default.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi-migration-faq.html
 */
export const EKS_STORAGE_CLASS = { name: 'gp2', provisioner: OLD_EBS_DRIVER, defaultBefore: '1.30' } as const;

/** Drivers of file systems and buckets: any number of nodes mount their volumes, whatever the access mode of a claim. */
export const FILE_DRIVERS: ReadonlySet<string> = new Set([
  'efs.csi.aws.com',
  'fsx.csi.aws.com',
  'fsx.openzfs.csi.aws.com',
  's3.csi.aws.com',
]);

/** Drivers that mount what exists, and make no volumes. */
export const STATIC_DRIVERS: ReadonlySet<string> = new Set(['s3.csi.aws.com']);

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

/**
 * Drivers that do not copy the volume of another claim.
 *
 * @see https://kubernetes-csi.github.io/docs/drivers.html
 */
export const WITHOUT_COPIES: ReadonlySet<string> = new Set([
  'efs.csi.aws.com',
  'fsx.csi.aws.com',
  'fsx.openzfs.csi.aws.com',
  's3.csi.aws.com',
]);

/**
 * The driver of EBS on node groups copies volumes from this version on. AWS does not say whether that of Auto Mode does.
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/examples/kubernetes/clone/README.md
 */
export const EBS_COPIES = { driver: EBS_DRIVER['node-groups'], addon: 'aws-ebs-csi-driver', since: '1.51' } as const;
