import type { LabelSelector } from '../imports/kubernetes';
import { entryOf } from '../kube/collections';
import type { Inventory, InventoryObject, PodObject } from '../kube/inventory';
import { LabelIndex, type Labelled } from '../kube/label-index';

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
    const key = `${namespace}|${JSON.stringify(labels)}`;
    entryOf(groups, key, () => ({ namespace, labels, pods: [], policies: [] })).pods.push(pod);
  }
  const index = new LabelIndex([...groups.values()]);
  for (const policy of inventory.ofKind('NetworkPolicy', 'networking.k8s.io')) {
    const selector = (policy.manifest.spec?.podSelector ?? {}) as LabelSelector;
    for (const { policies } of index.selectedBy(selector, policy.namespace)) {
      policies.push(policy);
    }
  }
  return new Map(
    index
      .everywhere()
      .flatMap(({ pods, policies }) => (policies.length === 0 ? [] : pods.map((pod) => [pod, policies] as const))),
  );
}
