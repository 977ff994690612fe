import { type Inventory, type InventoryObject, kindsIn, type ObjectsOfKind, ofKindsInOrder } from '../kube/inventory';
import { workloadKind } from '../kube/workload-kinds';

export { kindsIn, type ObjectsOfKind } from '../kube/inventory';

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

const workloads = (inventory: Inventory): readonly InventoryObject[] =>
  ofKindsInOrder(inventory, (kind) => workloadKind(kind) !== undefined);
