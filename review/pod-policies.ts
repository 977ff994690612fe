import type { LabelSelector } from '../imports/kubernetes';
import { appended, entryOf } from '../kube/collections';
import type { Inventory, InventoryObject, PodObject } from '../kube/inventory';
import { networkPolicies } from '../kube/reachability/network-policies';
import { SelectablePods } from './selection';

type Policies = readonly InventoryObject[];

/** The network policies that select each pod template. */
export function policiesOfPods(inventory: Inventory): ReadonlyMap<PodObject, Policies> {
  return inventory.view(byPods);
}

/** Pods that are selected by the same policies have the same list. */
function byPods(inventory: Inventory): ReadonlyMap<PodObject, Policies> {
  const all = SelectablePods.of(inventory);
  const found = new Map<PodObject, Policies>();
  for (const policy of networkPolicies(inventory)) {
    const selector = (policy.manifest.spec?.podSelector ?? {}) as LabelSelector;
    const pods = all.selectedBy(selector, policy.namespace);
    // by the list before
    const longer = new Map<Policies | undefined, Policies>();
    for (const pod of pods) {
      const before = found.get(pod);
      found.set(
        pod,
        entryOf(longer, before, () => appended(before, policy)),
      );
    }
  }
  return found;
}
