import { isKmsKeyArn } from '../../eks/arn';
import { EBS_VOLUME_TYPES, type EbsVolumeType, GP3_IOPS_PER_MIB } from '../../eks/ebs-volumes';
import { EKS_STORAGE_CLASS } from '../../eks/storage-drivers';
import type { Arn } from '../../eks/values';
import type { StorageClass } from '../../imports/kubernetes';
import { describe } from '../../kube/describe';
import { isSubdomain } from '../../kube/names';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { ClusterFacts } from '../core/requirements';
import { ebsClass } from './storage-classes';

/** A kind of EBS volumes. The API server refuses a change of any prop of a class that exists: take another name. */
export interface StorageClassProps {
  /**
   * 'gp3' for most, 'io2' for many operations a second, 'st1' for large files that are read in order, 'sc1' for those that are
   * rarely read. Volumes of 'st1' and 'sc1' have 125Gi at least.
   *
   * @default 'gp3'
   * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
   */
  readonly type?: 'gp3' | 'io2' | 'st1' | 'sc1';
  /**
   * Operations a second of each volume: 3000-80000 of 'gp3', 100-256000 of 'io2', which requires it. EC2 gives at most 500 for
   * each GiB of 'gp3', and 1000 for each of 'io2'. Refused for 'st1' and 'sc1'.
   *
   * @default - 3000 of 'gp3'
   */
  readonly iops?: number;
  /** MiB a second of each volume, of 'gp3' only: 125-2000, and at most a quarter of `iops`. @default - 125 */
  readonly throughput?: number;
  /**
   * The ARN of a KMS key in the region of the cluster. The driver gets the permission to use it; in Auto Mode, and on a cluster
   * that exists, a step says how. An alias is refused, since a permission cannot name it.
   *
   * @default - the key of the account for EBS; volumes are always encrypted
   */
  readonly encryptionKey?: Arn;
  /** The file system of new volumes: 'xfs' is what several databases recommend, 'ntfs' is for Windows. @default 'ext4' */
  readonly fsType?: 'ext4' | 'xfs' | 'ntfs';
  /** What happens to a volume when its claim is deleted. @default 'Retain' - a claim is deleted more easily than data is made again */
  readonly reclaimPolicy?: 'Retain' | 'Delete';
}

const PROPS: KeyTable<StorageClassProps> = {
  type: true,
  iops: true,
  throughput: true,
  encryptionKey: 'text',
  fsType: true,
  reclaimPolicy: true,
};
const TYPES = ['gp3', 'io2', 'st1', 'sc1'];

/**
 * The manifest of a class of the cluster, with checked props.
 *
 * @param isTaken whether the cluster has a class of the name
 */
export function storageClass(
  check: Check,
  { region, compute }: Pick<ClusterFacts, 'region' | 'compute'>,
  labels: Readonly<Record<string, string>>,
  name: string,
  props: StorageClassProps,
  isTaken: (name: string) => boolean,
): StorageClass {
  checkName(check, name, isTaken);
  check.keys<StorageClassProps>('props', props, PROPS);
  const { type = 'gp3', encryptionKey, fsType, reclaimPolicy = 'Retain' } = props;
  check.oneOf('type', type, TYPES);
  if (fsType !== undefined) {
    check.oneOf('fsType', fsType, ['ext4', 'xfs', 'ntfs']);
  }
  check.oneOf('reclaimPolicy', reclaimPolicy, ['Retain', 'Delete']);
  const amounts = amountsOf(check, type, EBS_VOLUME_TYPES.get(type)!, props);
  if (encryptionKey !== undefined && !(isKmsKeyArn(encryptionKey, region) && encryptionKey.includes(':key/'))) {
    check.fail(
      'invalid',
      'encryptionKey',
      `encryptionKey must be the ARN of a KMS key in ${region}, but is ${describe(encryptionKey)}`,
      `write 'arn:aws:kms:${region}:111122223333:key/...'`,
    );
  }
  const parameters = {
    type,
    ...amounts,
    ...(encryptionKey === undefined ? {} : { kmsKeyId: encryptionKey }),
    ...(fsType === undefined ? {} : { 'csi.storage.k8s.io/fstype': fsType }),
  };
  return ebsClass(compute, { name, labels: { ...labels } }, parameters, reclaimPolicy);
}

function checkName(check: Check, name: unknown, isTaken: (name: string) => boolean): void {
  if (typeof name !== 'string' || !isSubdomain(name)) {
    check.fail(
      typeof name === 'string' ? 'invalid' : 'type',
      'name',
      `name must be a DNS name in lowercase letters, but is ${describe(name)}`,
      "write for example 'io2-fast'",
    );
  }
  if (name === EKS_STORAGE_CLASS.name || isTaken(name)) {
    check.fail(
      'duplicate',
      'name',
      `name must not be '${name}', a class that the cluster has already`,
      'choose another name',
    );
  }
}

/** The amounts that EC2 takes for volumes of the type. */
function amountsOf(
  check: Check,
  type: string,
  spec: EbsVolumeType,
  { iops, throughput }: StorageClassProps,
): Record<string, string> {
  const amounts: Record<string, string> = {};
  if (iops === undefined && spec.needsIops) {
    check.fail('required', 'iops', `iops is required for type '${type}'`, 'write for example iops: 3000');
  }
  for (const [field, value, range] of [
    ['iops', iops, spec.iops],
    ['throughput', throughput, spec.throughput],
  ] as const) {
    if (value === undefined) {
      continue;
    }
    if (range === undefined) {
      check.fail(
        'forbidden',
        field,
        `${field} must not be set for type '${type}', whose volumes have none to choose`,
        "leave it out, or write type: 'gp3'",
      );
    }
    amounts[field] = String(check.integer(field, value, ...range));
  }
  const has = iops ?? spec.iops?.[0] ?? 0;
  if (throughput !== undefined && throughput * GP3_IOPS_PER_MIB > has) {
    check.fail(
      'invalid',
      'throughput',
      `throughput must be at most a quarter of iops (${has}), but is ${throughput}`,
      `write iops: ${throughput * GP3_IOPS_PER_MIB}, or less throughput`,
    );
  }
  return amounts;
}
