import type { LabelSelector } from '../imports/kubernetes';
import { type DisruptionBounds, disruptionBounds } from '../kube/disruption';
import type { Inventory, InventoryObject, PodObject } from '../kube/inventory';
import { SelectablePods } from './selection';

/** A PodDisruptionBudget, and the pods that it selects. */
export interface Budget {
  readonly object: InventoryObject;
  readonly bounds: DisruptionBounds;
  /** undefined where it has none, which selects nothing. */
  readonly selector: LabelSelector | undefined;
  readonly pods: readonly PodObject[];
}

/** The budgets of the set. */
export function budgets(inventory: Inventory): readonly Budget[] {
  return inventory.view(budgetsOf);
}

const NONE: readonly PodObject[] = [];

function budgetsOf(inventory: Inventory): readonly Budget[] {
  const pods = SelectablePods.of(inventory);
  return inventory.ofKind('PodDisruptionBudget', 'policy').map((object) => {
    const selector = object.manifest.spec?.selector as LabelSelector | undefined;
    return {
      object,
      bounds: disruptionBounds(object.manifest),
      selector,
      pods: selector ? pods.selectedBy(selector, object.namespace) : NONE,
    };
  });
}
