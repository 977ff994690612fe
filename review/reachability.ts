import { Inventory } from '../kube/inventory';
import { Reachability, type ReachabilityOptions } from '../kube/reachability/reachability';
import { loadInventory } from './load';
import { otherPolicies } from './network/other-policies';

/**
 * Who can reach whom, on which ports, and by which NetworkPolicies: between the pods of the manifests, and between them and
 * others. Nothing is reported and nothing is asked; equal manifests have equal answers.
 *
 * A pod that a policy of another API selects (Cilium, Calico, AWS, cluster administrators) is open or closed as that policy
 * says, which is not read: what concerns it in these directions is not certain.
 *
 * @param manifests objects as `kubectl apply` gets them, or an inventory of them. Add the Namespaces of others whose labels
 *   policies select.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function reachability(
  manifests: Inventory | readonly unknown[],
  options: ReachabilityOptions = {},
): Reachability {
  const inventory =
    manifests instanceof Inventory ? manifests : loadInventory(manifests.map((value) => ({ value, origin: {} })));
  if (!inventory.complete) {
    const found = inventory.findings.map(({ message }) => message).join('; ');
    throw new Error(`not all manifests can be read, and one of them may be a policy: ${found || 'one is missing'}.`);
  }
  const others = otherPolicies(inventory);
  return new Reachability(inventory, options, (pod, direction) => others.get(pod)?.has(direction) ?? false);
}
