import type { NetworkPolicySpec } from '../imports/kubernetes';
import type { Inventory, InventoryObject } from './inventory';

/** The NetworkPolicies of Kubernetes in a set. */
export function networkPolicies(inventory: Inventory): readonly InventoryObject[] {
  return inventory.ofKind('NetworkPolicy', 'networking.k8s.io');
}

/** The directions that a policy closes. Without policyTypes the API server adds Egress only where there are egress rules. */
export function policyTypesOf({ policyTypes, egress }: Partial<NetworkPolicySpec>): readonly ('Egress' | 'Ingress')[] {
  if (policyTypes?.length) {
    return policyTypes;
  }
  return egress?.length ? ['Ingress', 'Egress'] : ['Ingress'];
}
