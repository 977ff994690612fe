/** What a type of EBS volume can be given. */
export interface EbsVolumeType {
  /** GiB, least and most; not known of those that EC2 does not list. */
  readonly size?: readonly [number, number];
  /** Operations a second, least and most; without it the type has none of its own. */
  readonly iops?: readonly [number, number];
  /** EC2 refuses the type without them. */
  readonly needsIops?: true;
  /** MiB a second, least and most. */
  readonly throughput?: readonly [number, number];
}

/**
 * By name, as of 2026-08. The last two are of Auto Mode and of older versions of the driver.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html
 */
export const EBS_VOLUME_TYPES: ReadonlyMap<string, EbsVolumeType> = new Map<string, EbsVolumeType>([
  ['gp3', { size: [1, 65_536], iops: [3_000, 80_000], throughput: [125, 2_000] }],
  ['gp2', { size: [1, 16_384] }],
  ['io1', { size: [4, 16_384], iops: [100, 64_000], needsIops: true }],
  ['io2', { size: [4, 65_536], iops: [100, 256_000], needsIops: true }],
  ['st1', { size: [125, 16_384] }],
  ['sc1', { size: [125, 16_384] }],
  ['standard', { size: [1, 1_024] }],
  ['sbp1', {}],
  ['sbg1', {}],
]);

/** What the driver makes where a class names no type. */
export const EBS_DEFAULT_TYPE = 'gp3';
/** gp3 has this many operations a second for each MiB of throughput, and 3,000 where none are given. */
export const GP3_IOPS_PER_MIB = 4;

/** The form of a parameter: flags are true for 'true' alone. */
export type EbsParameter = 'text' | 'flag' | 'integer';

/**
 * The parameters of a StorageClass that the driver of EBS reads, whatever their capitals; it refuses any other.
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
 */
export const EBS_PARAMETERS: Readonly<Record<string, EbsParameter>> = {
  type: 'text',
  iops: 'integer',
  iopsPerGB: 'integer',
  throughput: 'integer',
  encrypted: 'flag',
  kmsKeyId: 'text',
  fsType: 'text',
  allowAutoIOPSPerGBIncrease: 'flag',
  allowAutoIOPSIncreaseOnModify: 'flag',
  blockExpress: 'flag',
  blockSize: 'text',
  inodeSize: 'text',
  bytesPerInode: 'text',
  numberOfInodes: 'text',
  ext4BigAlloc: 'flag',
  ext4ClusterSize: 'text',
  ext4EncryptionSupport: 'flag',
  volumeInitializationRate: 'integer',
  blockAttachUntilInitialized: 'flag',
  outpostArn: 'text',
};
/** Prefixes of parameters with a name of one's own: tags of volumes, and what Kubernetes reads itself. */
export const EBS_PARAMETER_PREFIXES: readonly string[] = ['tagSpecification', 'csi.storage.k8s.io/'];
/**
 * The parameters of a VolumeAttributesClass that the driver of EBS reads; it minds capitals, and ignores any other. Tags have
 * names of one's own.
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/modify-volume.md
 */
export const EBS_MODIFICATIONS: Readonly<Record<string, EbsParameter>> = {
  type: 'text',
  volumeType: 'text',
  iops: 'integer',
  throughput: 'integer',
};
/** Prefixes of the parameters that change tags. */
export const EBS_TAG_MODIFICATIONS: readonly string[] = ['tagSpecification', 'tagDeletion'];

/** Parameters of the driver that was part of Kubernetes, which are translated. */
export const OLD_EBS_PARAMETERS: readonly string[] = ['zone', 'zones'];

/** File systems that the driver makes; ext2 by its older versions. */
export const EBS_FILE_SYSTEMS: readonly string[] = ['ext4', 'xfs', 'ext3', 'ext2', 'ntfs'];
