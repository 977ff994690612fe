import { entryOf } from '../kube/collections';
import type { Inventory, InventoryObject } from '../kube/inventory';
import { workloadKind } from '../kube/workload-kinds';

/** The objects of one kind and API version. */
export interface ObjectsOfKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly objects: readonly InventoryObject[];
}

/** The kinds of a set: what a rule asks of a kind it asks once, not of each object. */
export function kindsIn(inventory: Inventory): readonly ObjectsOfKind[] {
  return inventory.view(kinds);
}

/** The objects of the kinds that a rule is about. */
export function objectsOfKinds(
  inventory: Inventory,
  isAsked: (kind: ObjectsOfKind) => boolean,
): readonly InventoryObject[] {
  return kindsIn(inventory).flatMap((kind) => (isAsked(kind) ? kind.objects : []));
}

/** The objects whose controllers make pods of a template, in the order of the set. */
export function workloadsIn(inventory: Inventory): readonly InventoryObject[] {
  return inventory.view(workloads);
}

const workloads = ({ objects }: Inventory): readonly InventoryObject[] =>
  objects.filter(({ manifest }) => workloadKind(manifest) !== undefined);

function kinds({ objects }: Inventory): readonly ObjectsOfKind[] {
  const found: ObjectsOfKind[] = [];
  const byVersion = new Map<string, Map<string, InventoryObject[]>>();
  for (const object of objects) {
    const { apiVersion, kind } = object.manifest;
    const ofVersion = entryOf(byVersion, apiVersion, () => new Map<string, InventoryObject[]>());
    const known = ofVersion.get(kind);
    if (known === undefined) {
      const own = [object];
      ofVersion.set(kind, own);
      found.push({ apiVersion, kind, objects: own });
    } else {
      known.push(object);
    }
  }
  return found;
}
