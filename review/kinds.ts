import { entryOf } from '../kube/collections';
import type { Inventory, InventoryObject } from '../kube/inventory';

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

function kinds({ objects }: Inventory): readonly ObjectsOfKind[] {
  const found = new Map<string, ObjectsOfKind & { readonly objects: InventoryObject[] }>();
  for (const object of objects) {
    const { apiVersion, kind } = object.manifest;
    entryOf(found, `${apiVersion}/${kind}`, () => ({ apiVersion, kind, objects: [] })).objects.push(object);
  }
  return [...found.values()];
}
