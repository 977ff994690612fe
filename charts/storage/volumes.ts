import { selectorLabels } from '../../kube/labels';
import { isDnsLabel, isSubdomain } from '../../kube/names';
import { parseQuantity } from '../../kube/quantity';
import type { KeyTable, Quantity } from '../../kube/values';
import type { Check } from '../core/check';
import { STORAGE_CLASS } from '../core/class-names';
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec, VolumeMount } from '../core/k8s';
import type { Path } from '../core/values';

/** A volume of one's own on EBS. */
export interface Storage {
  /** Where. */
  readonly mountPath: Path;
  /** '20Gi', at least '1Gi', which is the least that EBS gives. It can grow, never shrink. */
  readonly size: Quantity;
  /** Part of the claim's name, fixed for ever. @default 'data' */
  readonly name?: string;
  /** Name of a StorageClass. @default 'gp3-retain' - the cluster's encrypted gp3, retained */
  readonly className?: string;
}

/** A volume, judged. */
export interface StorageModel {
  readonly name: string;
  readonly mountPath: string;
  readonly size: string;
  readonly className: string;
}

const STORAGE: KeyTable<Storage> = { mountPath: true, size: true, name: true, className: true };
const GIBI = parseQuantity('1Gi')!;

export function resolveStorage(check: Check, what: string, storage: Storage): StorageModel {
  check.keys<Storage>(what, storage, STORAGE);
  const name = storage.name ?? 'data';
  if (!isDnsLabel(name) || name.length > 20) {
    check.fail(`${what}.name '${name}' is no part of a claim's name`, "use at most 20 small letters, digits and '-'");
  }
  if (check.quantity(`${what}.size`, storage.size, '20Gi') < GIBI) {
    check.fail(`${what}.size '${storage.size}' is less than 1Gi, the least that EBS gives`, "write at least '1Gi'");
  }
  const className = storage.className ?? STORAGE_CLASS.retain;
  if (!isSubdomain(className)) {
    check.fail(`${what}.className '${className}' is no name of a StorageClass`, "write for example 'gp3'");
  }
  return { name, mountPath: check.absolutePath(`${what}.mountPath`, storage.mountPath), size: storage.size, className };
}

/** The root of an ext4 volume holds `lost+found`, which some databases refuse: the folder below is empty. */
export function storageMount(storage: StorageModel): VolumeMount {
  return { name: storage.name, mountPath: storage.mountPath, subPath: storage.name };
}

/** A template's labels cannot be changed, so it carries nothing but the selector's. */
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
  };
}
