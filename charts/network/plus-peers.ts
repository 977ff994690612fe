import type { IConstruct } from 'constructs';
import type { LabelSelector, NetworkPolicyPeer } from '../core/k8s';
import type { PlusNetworkPolicyPeer } from '../core/plus';
import { tenants } from '../core/tenant-context';
import { endpointOf } from './connections';
import { ipBlock, namespaceNamed, podsOf } from './targets';

/** The configuration of a peer of cdk8s-plus. */
interface PlusConfig {
  readonly ipBlock?: { readonly cidr: string; readonly except?: string[] };
  readonly podSelector?: {
    readonly labelSelector: { _toKube(): LabelSelector };
    readonly namespaces?: { readonly labelSelector?: { _toKube(): LabelSelector }; readonly names?: string[] };
  };
}

/** A peer of cdk8s-plus, or a tenant or workload of this library, as Kubernetes spells it. */
export function fromPlusPeer(peer: PlusNetworkPolicyPeer, seenFrom: string | undefined): NetworkPolicyPeer {
  const own = fromOwnPeer(peer, seenFrom);
  if (own) {
    return own;
  }
  const { ipBlock: block, podSelector } = peer.toNetworkPolicyPeerConfig() as PlusConfig;
  if (block) {
    return ipBlock(block.cidr, block.except);
  }
  const result: NetworkPolicyPeer = {};
  if (podSelector) {
    result.podSelector = plain(podSelector.labelSelector._toKube());
    const { namespaces } = podSelector;
    if (namespaces) {
      const byName = namespaces.names
        ? {
            matchExpressions: [
              { key: 'kubernetes.io/metadata.name', operator: 'In' as const, values: [...namespaces.names] },
            ],
          }
        : {};
      result.namespaceSelector = { ...plain(namespaces.labelSelector?._toKube() ?? {}), ...byName };
    }
  }
  return result;
}

/** Tenants and workloads, without the detour through cdk8s-plus. */
function fromOwnPeer(peer: IConstruct, seenFrom: string | undefined): NetworkPolicyPeer | undefined {
  const tenant = tenants.at(peer);
  if (tenant) {
    return { namespaceSelector: namespaceNamed(tenant.namespace) };
  }
  const endpoint = endpointOf(peer);
  return endpoint && podsOf(endpoint, seenFrom ?? '');
}

function plain(selector: LabelSelector): LabelSelector {
  return JSON.parse(JSON.stringify(selector)) as LabelSelector;
}
