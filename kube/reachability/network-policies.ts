import type { NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec } from '../../imports/kubernetes';
import type { Inventory, InventoryObject } from '../inventory';
import { type AddressSet, addressesIn, hold } from './address-sets';
import { both, type Certainty, either, NO, YES } from './certainty';
import { type NamespaceLabels, type Party, selectsNamespace, selectsParty } from './parties';

/** The NetworkPolicies of Kubernetes in a set. */
export function networkPolicies(inventory: Inventory): readonly InventoryObject[] {
  return inventory.ofKind('NetworkPolicy', 'networking.k8s.io');
}

/** The directions that a policy closes. Without policyTypes the API server adds Egress only where there are egress rules. */
export function policyTypesOf({ policyTypes, egress }: Partial<NetworkPolicySpec>): readonly ('Egress' | 'Ingress')[] {
  if (policyTypes?.length) {
    return policyTypes;
  }
  return egress?.length ? BOTH : INGRESS;
}

const BOTH = ['Ingress', 'Egress'] as const;
const INGRESS = ['Ingress'] as const;

export type Direction = 'egress' | 'ingress';

/** What a rule of a policy allows: these peers, on these ports. */
export interface Rule {
  readonly policy: InventoryObject;
  /** undefined for every peer. */
  readonly peers: readonly NetworkPolicyPeer[] | undefined;
  /** Of the blocks among the peers. */
  readonly addresses: AddressSet;
  /** undefined for every port. */
  readonly ports: readonly NetworkPolicyPort[] | undefined;
}

/** A policy, by direction: undefined where it says nothing of one. */
export interface PolicyRules {
  readonly policy: InventoryObject;
  readonly spec: Partial<NetworkPolicySpec>;
  readonly egress: readonly Rule[] | undefined;
  readonly ingress: readonly Rule[] | undefined;
}

/** An empty list of peers or ports means all of them, an empty list of rules none. */
export function rulesOf(policy: InventoryObject): PolicyRules {
  const spec = (policy.manifest.spec ?? {}) as Partial<NetworkPolicySpec>;
  const types = policyTypesOf(spec);
  const rule = (peers: readonly NetworkPolicyPeer[] = [], ports: readonly NetworkPolicyPort[] = []): Rule => ({
    policy,
    peers: peers.length > 0 ? peers : undefined,
    addresses: addressesIn(peers.flatMap(({ ipBlock }) => ipBlock ?? [])),
    ports: ports.length > 0 ? ports : undefined,
  });
  return {
    policy,
    spec,
    egress: types.includes('Egress') ? (spec.egress ?? []).map(({ to, ports }) => rule(to, ports)) : undefined,
    ingress: types.includes('Ingress') ? (spec.ingress ?? []).map(({ from, ports }) => rule(from, ports)) : undefined,
  };
}

/** Whether a rule has a party among its peers. */
export function admits(
  { peers, addresses, policy }: Rule,
  party: Party,
  labelsOf: (namespace: string) => NamespaceLabels,
): Certainty {
  if (peers === undefined) {
    return YES;
  }
  const byAddress = addresses.length > 0 ? hold(addresses, party.addresses) : NO;
  return party.selectable
    ? peers.reduce<Certainty>(
        (sofar, peer) => (sofar === YES ? YES : either(sofar, selectedBy(peer, policy.namespace, party, labelsOf))),
        byAddress,
      )
    : byAddress;
}

/** Whether the selectors of a peer select a pod: without one of namespaces, in the policy's own. */
export function selectedBy(
  { ipBlock, namespaceSelector, podSelector }: NetworkPolicyPeer,
  own: string,
  party: Party,
  labelsOf: (namespace: string) => NamespaceLabels,
): Certainty {
  if (ipBlock || (!namespaceSelector && !podSelector)) {
    return NO;
  }
  const inNamespace = namespaceSelector
    ? selectsNamespace(namespaceSelector, labelsOf(party.namespace))
    : party.namespace === own
      ? YES
      : NO;
  return inNamespace === NO || !podSelector ? inNamespace : both(inNamespace, selectsParty(podSelector, party));
}
