import type { LabelSelector } from '../imports/kubernetes';
import type { Inventory, InventoryObject, PodObject } from '../kube/inventory';
import { LabelIndex, type Labelled } from '../kube/label-index';
import { networkPolicies } from '../kube/reachability/network-policies';

/** The network policies that select each pod template. */
export function policiesOfPods(inventory: Inventory): ReadonlyMap<PodObject, readonly InventoryObject[]> {
  return inventory.view(byPods);
}

/** Pods with the same labels, which have the same policies. */
interface EqualPods extends Labelled {
  readonly pods: PodObject[];
  readonly policies: InventoryObject[];
}

/** Equal pods have the same list. */
function byPods(inventory: Inventory): ReadonlyMap<PodObject, readonly InventoryObject[]> {
  const groups = new Map<string, EqualPods>();
  for (const pod of inventory.pods) {
    const { namespace, labels } = pod;
    const key = keyOf(pod);
    const equal = groups.get(key);
    if (equal) {
      equal.pods.push(pod);
    } else {
      groups.set(key, { namespace, labels, pods: [pod], policies: [] });
    }
  }
  const all = [...groups.values()];
  const index = new LabelIndex(all);
  for (const policy of networkPolicies(inventory)) {
    const selector = (policy.manifest.spec?.podSelector ?? {}) as LabelSelector;
    for (const { policies } of index.selectedBy(selector, policy.namespace)) {
      policies.push(policy);
    }
  }
  const found = new Map<PodObject, readonly InventoryObject[]>();
  for (const { pods, policies } of all) {
    if (policies.length > 0) {
      for (const pod of pods) {
        found.set(pod, policies);
      }
    }
  }
  return found;
}

/** Equal for equal labels; no character that is written here may be in one. */
function keyOf({ namespace, labels }: PodObject): string {
  let key = namespace;
  for (const label in labels) {
    key += `\0${label}\0${labels[label]}`;
  }
  return key;
}
