import type { NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyIngressRule } from '../../imports/kubernetes';
import { entryOf } from '../../kube/collections';
import type { Inventory, InventoryObject, PodObject } from '../../kube/inventory';
import { policiesOfPods } from '../pod-policies';

/** The policies that select a pod, by direction; undefined where none does, so that everything is allowed. */
export interface PodPolicies {
  readonly egress: readonly NetworkPolicyEgressRule[] | undefined;
  readonly ingress: readonly NetworkPolicyIngressRule[] | undefined;
}

/** Policies of other APIs, which may allow more than those of Kubernetes. */
const OTHER_KINDS: readonly (readonly [kind: string, group: string])[] = [
  ['AdminNetworkPolicy', 'policy.networking.k8s.io'],
  ['ApplicationNetworkPolicy', 'networking.k8s.aws'],
  ['BaselineAdminNetworkPolicy', 'policy.networking.k8s.io'],
  ['CiliumClusterwideNetworkPolicy', 'cilium.io'],
  ['CiliumNetworkPolicy', 'cilium.io'],
  ['ClusterNetworkPolicy', 'networking.k8s.aws'],
  ['ClusterNetworkPolicy', 'policy.networking.k8s.io'],
  ['GlobalNetworkPolicy', 'crd.projectcalico.org'],
  ['GlobalNetworkPolicy', 'projectcalico.org'],
  ['NetworkPolicy', 'crd.projectcalico.org'],
  ['NetworkPolicy', 'projectcalico.org'],
];

/** The rules of all NetworkPolicies that select a pod. Pods on the network of their node are under none. */
export function policiesOf(inventory: Inventory, pod: PodObject): PodPolicies {
  return inventory.view(policyIndex).get(pod) ?? NONE;
}

/** The NetworkPolicies of Kubernetes in the set. */
export function networkPolicies(inventory: Inventory): readonly InventoryObject[] {
  return inventory.ofKind('NetworkPolicy', 'networking.k8s.io');
}

/** Whether only NetworkPolicies of Kubernetes decide what is allowed. */
export function policiesAreKnown(inventory: Inventory): boolean {
  return inventory.complete && OTHER_KINDS.every(([kind, group]) => inventory.ofKind(kind, group).length === 0);
}

const NONE: PodPolicies = { egress: undefined, ingress: undefined };

const policyIndex = (inventory: Inventory): ReadonlyMap<PodObject, PodPolicies> => {
  const policies = policiesOfPods(inventory);
  // equal pods have one list of policies
  const known = new Map<readonly InventoryObject[], PodPolicies>();
  return new Map(
    inventory.pods
      .filter(({ manifest, spec }) => policies.has(manifest) && spec.hostNetwork !== true)
      .map((pod) => {
        const own = policies.get(pod.manifest)!;
        return [pod, entryOf(known, own, () => rulesIn(own))];
      }),
  );
};

function rulesIn(policies: readonly InventoryObject[]): PodPolicies {
  const specs = policies.map(({ manifest }) => (manifest.spec ?? {}) as Partial<NetworkPolicy['spec']>);
  const of = (type: 'Ingress' | 'Egress') => specs.filter((spec) => typesOf(spec).includes(type));
  const [egress, ingress] = [of('Egress'), of('Ingress')];
  return {
    egress: egress.length > 0 ? egress.flatMap((spec) => spec.egress ?? []) : undefined,
    ingress: ingress.length > 0 ? ingress.flatMap((spec) => spec.ingress ?? []) : undefined,
  };
}

const typesOf = ({ policyTypes, egress }: Partial<NetworkPolicy['spec']>): readonly string[] =>
  policyTypes ?? (egress ? ['Ingress', 'Egress'] : ['Ingress']);
