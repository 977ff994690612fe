import { claimsIn } from '../../../kube/claims';
import { type Inventory, type InventoryObject, referenceTo } from '../../../kube/inventory';
import { formatBytes, ONE, quantityOf } from '../../../kube/quantity';
import { workloadKind } from '../../../kube/workload-kinds';
import type { Effect, PlanInput } from '../model';
import { isUpdate, movesOf, named } from './moves';
import { limitsOf } from './quota-usage';

/** What a quota counts beside pods. */
const COUNTED: Readonly<Record<string, (object: InventoryObject) => bigint>> = {
  'services.loadbalancers': ({ manifest }) => (manifest.spec?.type === 'LoadBalancer' ? ONE : 0n),
  services: ({ manifest }) => (manifest.kind === 'Service' ? ONE : 0n),
  persistentvolumeclaims: (object) => ONE * BigInt(claimsOf(object).length),
  'requests.storage': (object) =>
    claimsOf(object).reduce<bigint>((sum, storage) => sum + (quantityOf(storage) ?? 0n), 0n),
};

/** Objects and claims that a quota refuses, since there are too many beside those that stay. */
export function quotaCounts(input: PlanInput): readonly Effect[] {
  const namespaces = new Set(movesOf(input).map(({ after }) => after.namespace));
  return input.after.ofKind('ResourceQuota', '').flatMap((quota): Effect[] => {
    if (!namespaces.has(quota.namespace)) {
      return [];
    }
    return [...limitsOf(quota)].flatMap(([name, limit]): Effect[] => {
      const count = Object.hasOwn(COUNTED, name) ? COUNTED[name] : undefined;
      if (!count) {
        return [];
      }
      const adding = movesOf(input).filter(
        (move) =>
          move.after.namespace === quota.namespace && count(move.after) > (isUpdate(move) ? count(move.before) : 0n),
      );
      const held = adding.length === 0 ? 0n : sumIn(input.after, quota.namespace, count);
      return held > limit
        ? [
            {
              kind: 'capacity',
              risk: 'danger',
              object: referenceTo(quota),
              text: `${named(quota)} lets through ${text(name, limit)} of ${name}, and ${text(name, held)} are asked for with what stays: not all of ${adding.map(({ after }) => named(after)).join(' and ')} is let through`,
            },
          ]
        : [];
    });
  });
}

function sumIn(inventory: Inventory, namespace: string, count: (object: InventoryObject) => bigint): bigint {
  return inventory.inNamespace(namespace).reduce((sum, object) => sum + count(object), 0n);
}

const text = (name: string, amount: bigint): string =>
  name === 'requests.storage' ? formatBytes(amount) : String(amount / ONE);

/** What each claim of an object asks for: of a StatefulSet those of every member. */
function claimsOf({ manifest }: InventoryObject): readonly unknown[] {
  if (manifest.kind !== 'PersistentVolumeClaim' && manifest.kind !== 'StatefulSet') {
    return [];
  }
  const members = manifest.kind === 'StatefulSet' ? workloadKind(manifest)?.replicas(manifest.spec ?? {}) : 1;
  const times = Math.min(Math.max(Math.floor(members ?? 0), 0) || 0, MOST_MEMBERS);
  return claimsIn(manifest).flatMap(({ spec }) =>
    Array.from({ length: times }, () => spec.resources?.requests?.storage),
  );
}

/** More than any set has: a typo must not fill the memory. */
const MOST_MEMBERS = 10_000;
