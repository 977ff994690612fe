import type { NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyIngressRule } from '../../imports/kubernetes';
import { entryOf } from '../../kube/collections';
import type { Inventory, InventoryObject, PodObject } from '../../kube/inventory';
import { policyTypesOf } from '../../kube/reachability/network-policies';
import { policiesOfPods } from '../pod-policies';
import { otherPolicies, type Unknown } from './other-policies';

/** The policies that select a pod, by direction; undefined where none does, so that everything is allowed. */
export interface PodPolicies {
  readonly egress: readonly NetworkPolicyEgressRule[] | undefined;
  readonly ingress: readonly NetworkPolicyIngressRule[] | undefined;
}

/**
 * The rules of all NetworkPolicies that select a pod. Pods on the network of their node are under none; where policies of
 * another API may decide as well, everything is taken to be allowed.
 */
export function policiesOf(inventory: Inventory, pod: PodObject): PodPolicies {
  return inventory.view(policyIndex).get(pod) ?? NONE;
}

export { networkPolicies } from '../../kube/reachability/network-policies';

/** Whether no policy is missing: one that could not be read may allow what the others do not. */
export function policiesAreKnown(inventory: Inventory): boolean {
  return inventory.complete;
}

const NONE: PodPolicies = { egress: undefined, ingress: undefined };

const policyIndex = (inventory: Inventory): ReadonlyMap<PodObject, PodPolicies> => {
  const policies = policiesOfPods(inventory);
  const others = otherPolicies(inventory);
  // equal pods have one list of policies
  const known = new Map<readonly InventoryObject[], PodPolicies>();
  return new Map(
    inventory.pods
      .filter((pod) => policies.has(pod) && pod.spec.hostNetwork !== true)
      .map((pod) => {
        const own = policies.get(pod)!;
        const unknown = others.get(pod);
        return [pod, unknown ? rulesIn(own, unknown) : entryOf(known, own, () => rulesIn(own, undefined))];
      }),
  );
};

function rulesIn(policies: readonly InventoryObject[], unknown: Unknown | undefined): PodPolicies {
  const specs = policies.map(({ manifest }) => (manifest.spec ?? {}) as Partial<NetworkPolicy['spec']>);
  const of = (type: 'Ingress' | 'Egress') => specs.filter((spec) => policyTypesOf(spec).includes(type));
  const [egress, ingress] = [of('Egress'), of('Ingress')];
  return {
    egress: egress.length > 0 && !unknown?.has('egress') ? egress.flatMap((spec) => spec.egress ?? []) : undefined,
    ingress: ingress.length > 0 && !unknown?.has('ingress') ? ingress.flatMap((spec) => spec.ingress ?? []) : undefined,
  };
}
