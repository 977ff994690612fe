import { EBS_DRIVER } from './compute-modes';

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
