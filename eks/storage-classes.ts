import { OLD_EBS_DRIVER } from './compute-modes';

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
