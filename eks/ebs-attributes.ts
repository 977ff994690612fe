/**
 * The parameters of a VolumeAttributesClass that the driver of EBS reads; of a StorageClass it reads more.
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/modify-volume.md
 */
export const EBS_ATTRIBUTES: readonly string[] = ['type', 'iops', 'throughput'];
/** Parameters with a name of one's own: tags of volumes. */
export const EBS_ATTRIBUTE_PREFIXES: readonly string[] = ['tagSpecification_', 'tagDeletion_'];
