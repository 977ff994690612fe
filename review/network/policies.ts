import type { NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicySpec } from '../../imports/kubernetes';
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
  const own = policiesOfPods(inventory).get(pod);
  if (own === undefined || pod.spec.hostNetwork === true) {
    return NONE;
  }
  const unknown = otherPolicies(inventory).get(pod);
  return unknown
    ? entryOf(inventory.view(rulesOfPods), pod, () => rulesIn(own, unknown))
    : entryOf(inventory.view(rulesOfLists), own, () => rulesIn(own, undefined));
}

export { networkPolicies } from '../../kube/reachability/network-policies';

/** Whether no policy is missing: one that could not be read may allow what the others do not. */
export function policiesAreKnown(inventory: Inventory): boolean {
  return inventory.complete;
}

const NONE: PodPolicies = { egress: undefined, ingress: undefined };

// pods that are selected by the same policies have one list of them
const rulesOfLists = (_inventory: Inventory) => new Map<readonly InventoryObject[], PodPolicies>();
const rulesOfPods = (_inventory: Inventory) => new Map<PodObject, PodPolicies>();

function rulesIn(policies: readonly InventoryObject[], unknown: Unknown | undefined): PodPolicies {
  return {
    egress: unknown?.has('egress') ? undefined : rulesFor(policies, 'Egress', ({ egress }) => egress),
    ingress: unknown?.has('ingress') ? undefined : rulesFor(policies, 'Ingress', ({ ingress }) => ingress),
  };
}

/** The rules of all policies of a direction; undefined where there is none. */
function rulesFor<R>(
  policies: readonly InventoryObject[],
  type: 'Egress' | 'Ingress',
  rulesOf: (spec: Partial<NetworkPolicySpec>) => readonly R[] | undefined,
): readonly R[] | undefined {
  let found: readonly R[] | undefined;
  for (const { manifest } of policies) {
    const spec = (manifest.spec ?? NO_SPEC) as Partial<NetworkPolicySpec>;
    if (policyTypesOf(spec).includes(type)) {
      const rules = rulesOf(spec) ?? NO_RULES;
      found = found === undefined || found.length === 0 ? rules : rules.length === 0 ? found : found.concat(rules);
    }
  }
  return found;
}

const NO_SPEC: Partial<NetworkPolicySpec> = {};
const NO_RULES: readonly never[] = [];
