import { parseQuantity } from '../../kube/quantity';
import type { Quantity } from '../../kube/values';
import type { Check } from '../core/check';
import { STORAGE_CLASS } from '../core/class-names';
import { resolveClass } from '../core/class-reference';
import type { StorageClass, Volume } from '../core/k8s';
import { KubeObject } from '../core/kube-object';

const GIBI = parseQuantity('1Gi')!;

/** A disk that is made for a pod and deleted with it (a generic ephemeral volume). */
export function scratchDisk(
  check: Check,
  field: string,
  name: string,
  { size, memory }: { readonly size?: Quantity; readonly memory?: boolean },
  className: string | KubeObject<StorageClass>,
): Volume {
  const storageClassName = resolveClass(check, `${field}.className`, className);
  if (storageClassName === STORAGE_CLASS.retain || keeps(className)) {
    check.fail(
      'forbidden',
      `${field}.className`,
      `${field}.className must not be '${storageClassName}', which keeps its volumes: every pod would leave one behind`,
      `write '${STORAGE_CLASS.standard}', or a class with reclaimPolicy: 'Delete'`,
    );
  }
  if (memory) {
    check.fail(
      'forbidden',
      `${field}.memory`,
      `${field}.memory must not be set with className: the folder is on a disk`,
      'leave one of them out',
    );
  }
  if (size === undefined) {
    check.fail(
      'required',
      `${field}.size`,
      `${field}.size is required with className: the size of the disk`,
      "write for example size: '50Gi'",
    );
  }
  if (check.quantity(`${field}.size`, size, '50Gi') < GIBI) {
    check.fail(
      'invalid',
      `${field}.size`,
      `${field}.size must be at least 1Gi, the smallest EBS volume, but is '${size}'`,
      "write '1Gi' or more",
    );
  }
  return {
    name,
    ephemeral: {
      volumeClaimTemplate: {
        spec: { accessModes: ['ReadWriteOnce'], storageClassName, resources: { requests: { storage: size } } },
      },
    },
  };
}

function keeps(given: string | KubeObject<StorageClass>): boolean {
  return given instanceof KubeObject && given.toJson().reclaimPolicy === 'Retain';
}

/** Whether a folder is on a disk of its own. */
export function hasDisk(folder: unknown): boolean {
  return typeof folder === 'object' && folder !== null && (folder as { className?: unknown }).className !== undefined;
}
