import type { NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyIngressRule } from '../../imports/kubernetes';
import type { Inventory, InventoryObject, PodObject } from '../../kube/inventory';
import { SelectablePods } from '../selectable-pods';

/** The policies that select a pod, by direction; undefined where none does, so that everything is allowed. */
export interface PodPolicies {
  readonly egress: readonly NetworkPolicyEgressRule[] | undefined;
  readonly ingress: readonly NetworkPolicyIngressRule[] | undefined;
}

/** Policies of other APIs, which may allow more than those of Kubernetes. */
const OTHER_KINDS = [
  'AdminNetworkPolicy',
  'ApplicationNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'CiliumNetworkPolicy',
  'ClusterNetworkPolicy',
  'GlobalNetworkPolicy',
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
  return inventory.complete && OTHER_KINDS.every((kind) => inventory.ofKind(kind).length === 0);
}

const NONE: PodPolicies = { egress: undefined, ingress: undefined };

interface Lists {
  egress?: NetworkPolicyEgressRule[];
  ingress?: NetworkPolicyIngressRule[];
}

const policyIndex = (inventory: Inventory): ReadonlyMap<PodObject, PodPolicies> => {
  const pods = SelectablePods.of(inventory);
  const byPod = new Map<PodObject, Lists>();
  for (const { manifest, namespace } of networkPolicies(inventory)) {
    const { spec } = manifest as unknown as Partial<NetworkPolicy>;
    const { podSelector = {}, egress, ingress = [], policyTypes } = spec ?? {};
    const types = policyTypes ?? (egress ? ['Ingress', 'Egress'] : ['Ingress']);
    for (const pod of pods.selectedBy(podSelector, namespace)) {
      if (pod.spec.hostNetwork !== true) {
        const lists = byPod.get(pod) ?? {};
        byPod.set(pod, lists);
        if (types.includes('Egress')) {
          lists.egress = [...(lists.egress ?? []), ...(egress ?? [])];
        }
        if (types.includes('Ingress')) {
          lists.ingress = [...(lists.ingress ?? []), ...ingress];
        }
      }
    }
  }
  return new Map([...byPod].map(([pod, { egress, ingress }]) => [pod, { egress, ingress }]));
};

/** The labels of the namespaces of the set, that of their name included; undefined for others. */
export const namespaceLabels = (inventory: Inventory): ReadonlyMap<string, Readonly<Record<string, string>>> =>
  new Map(
    inventory
      .ofKind('Namespace', '')
      .map(({ manifest: { metadata } }) => [
        metadata.name,
        { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name },
      ]),
  );

/** The Services of the set by 'namespace/name'. */
export const servicesByName = (inventory: Inventory): ReadonlyMap<string, InventoryObject> =>
  new Map(
    inventory
      .ofKind('Service', '')
      .map((service) => [`${service.namespace}/${service.manifest.metadata.name}`, service]),
  );
