import { describe } from '../../kube/describe';
import { selectorLabels } from '../../kube/labels';
import { isDnsLabel } from '../../kube/names';
import { parseQuantity } from '../../kube/quantity';
import type { KeyTable, Quantity } from '../../kube/values';
import type { Check } from '../core/check';
import { STORAGE_CLASS } from '../core/class-names';
import { resolveClass } from '../core/class-reference';
import type {
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
  StorageClass,
  VolumeAttributesClass,
  VolumeMount,
} from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { Path } from '../core/values';
import { dataSource, resolveSource, type SourceModel, type StorageSource } from './source';

/**
 * A persistent volume on EBS. It is in one zone, and one node at a time can mount it.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 */
export interface Storage {
  /** Absolute path in the container. */
  readonly mountPath: Path;
  /** Size, such as '20Gi'; at least '1Gi', the smallest EBS volume. A volume can grow, but not shrink. */
  readonly size: Quantity;
  /** Part of the claim's name: at most 20 lowercase letters, digits and '-'. A change creates a new, empty volume. @default 'data' */
  readonly name?: string;
  /**
   * A StorageClass, such as one of `cluster.storageClass(...)`, or its name.
   *
   * @default 'gp3-retain' - encrypted gp3 of the cluster, which keeps the volume when its claim is deleted
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/cost-opt-storage.html
   */
  readonly className?: string | KubeObject<StorageClass>;
  /**
   * The folder of the volume that is mounted (its subPath), relative: 'pgdata', or false for the root of the volume. A change
   * mounts another, empty folder; a restored volume may need the one that it was written with.
   *
   * @default - `name`: the root of a new volume contains `lost+found`, which some databases refuse
   */
  readonly folder?: string | false;
  /**
   * A VolumeAttributesClass or its name, which sets type, iops and throughput, of volumes that exist as well: they change
   * with the commands of `volumes.md`. Requires Kubernetes 1.34.
   *
   * @default - none: as the StorageClass says
   * @see https://kubernetes.io/docs/concepts/storage/volume-attributes-classes/
   */
  readonly attributesClass?: string | KubeObject<VolumeAttributesClass>;
  /**
   * What a new volume is filled from: { snapshot: 'data-store-0-20261128-0200' }, a VolumeSnapshot of the namespace that exists,
   * or { claim: 'data-store-0' }, a copy of the volume of that claim as it is then. The source must not be larger than `size`.
   * A copy is in the zone of its source, of the same driver and key, and refused for several members; on EBS it requires version
   * 1.51 of the driver. Every member gets the content of a snapshot. It stays as long as the volumes do: a claim template cannot
   * be changed, and new members are filled from it as well.
   *
   * @default - a new volume is empty
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-snapshot-and-restore-volume-from-snapshot-support
   * @see https://kubernetes.io/docs/concepts/storage/volume-pvc-datasource/
   */
  readonly from?: StorageSource;
}

/** A validated volume. */
export interface StorageModel {
  readonly name: string;
  readonly mountPath: string;
  readonly size: string;
  readonly className: string;
  /** undefined mounts the root. */
  readonly folder: string | undefined;
  /** The name of its VolumeAttributesClass. */
  readonly attributesClass: string | undefined;
  /** What it is filled from. */
  readonly source: SourceModel | undefined;
}

const STORAGE: KeyTable<Storage> = {
  mountPath: 'text',
  size: 'text',
  name: 'text',
  className: true,
  folder: true,
  from: true,
  attributesClass: true,
};
const GIBI = parseQuantity('1Gi')!;

export function resolveStorage(check: Check, field: string, storage: Storage): StorageModel {
  check.keys<Storage>(field, storage, STORAGE);
  const name = storage.name ?? 'data';
  if (!isDnsLabel(name) || name.length > 20) {
    check.fail(
      'invalid',
      `${field}.name`,
      `${field}.name must be at most 20 lowercase letters, digits and '-', but is ${describe(name)}`,
      "write for example 'data'",
    );
  }
  if (check.quantity(`${field}.size`, storage.size, '20Gi') < GIBI) {
    check.fail(
      'invalid',
      `${field}.size`,
      `${field}.size must be at least 1Gi, the smallest EBS volume, but is '${storage.size}'`,
      "write '1Gi' or more",
    );
  }
  const className = resolveClass(check, `${field}.className`, storage.className ?? STORAGE_CLASS.retain);
  return {
    name,
    mountPath: check.absolutePath(`${field}.mountPath`, storage.mountPath),
    size: storage.size,
    className,
    folder: resolveFolder(check, `${field}.folder`, storage.folder ?? name),
    attributesClass:
      storage.attributesClass === undefined
        ? undefined
        : resolveClass(check, `${field}.attributesClass`, storage.attributesClass, 'VolumeAttributesClass'),
    source: resolveSource(check, `${field}.from`, storage.from),
  };
}

export function resolveFolder(check: Check, field: string, folder: unknown): string | undefined {
  if (folder === false) {
    return undefined;
  }
  const parts = typeof folder === 'string' ? folder.split('/') : [];
  if (parts.length === 0 || parts.some((part) => part === '' || part === '.' || part === '..')) {
    check.fail(
      'invalid',
      field,
      `${field} must be a relative path without '.' and '..', or false, but is ${describe(folder)}`,
      "write for example 'pgdata', or false for the root of the volume",
    );
  }
  return folder as string;
}

/** Mounts a folder of the volume, or its root. */
export function storageMount({ name, mountPath, folder }: StorageModel): VolumeMount {
  return { name, mountPath, subPath: folder };
}

/** A claim template cannot be changed, so it only has the labels of the selector. */
export function claimTemplate(workload: string, storage: StorageModel) {
  return { metadata: { name: storage.name, labels: selectorLabels(workload) }, spec: claimSpec(storage) };
}

export function claim(metadata: PersistentVolumeClaim['metadata'], storage: StorageModel): PersistentVolumeClaim {
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: claimSpec(storage) };
}

function claimSpec(storage: StorageModel): PersistentVolumeClaimSpec {
  return {
    accessModes: ['ReadWriteOnce'],
    storageClassName: storage.className,
    resources: { requests: { storage: storage.size } },
    ...(storage.attributesClass === undefined ? {} : { volumeAttributesClassName: storage.attributesClass }),
    ...dataSource(storage.source),
  };
}
