import type { Inventory, PodObject } from '../kube/inventory';
import { LabelIndex } from '../kube/label-index';

/** The pods of each namespace, found by one of their labels, so that a search stays linear. */
export class SelectablePods extends LabelIndex<PodObject> {
  static of(inventory: Inventory): SelectablePods {
    return inventory.view(selectablePods);
  }
}

const selectablePods = ({ pods }: Inventory): SelectablePods => new SelectablePods(pods);
