import type * as plus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { describe } from '../../kube/describe';
import { indexPath } from '../../kube/text';
import type { Check } from '../core/check';
import type { LabelSelector, NetworkPolicyPeer } from '../core/k8s';
import { tenants } from '../core/tenant-context';
import { endpointOf } from './connections';
import { ipBlock, namespaceNamed, podsOf } from './targets';

/** cdk8s-plus-28, which only programs that use it beside this library load: it takes longer to load than cdk8s. */
export function loadPlus(): typeof plus {
  return require('cdk8s-plus-28');
}

/** The configuration of a peer of cdk8s-plus. */
interface PlusConfig {
  readonly ipBlock?: { readonly cidr: string; readonly except?: string[] };
  readonly podSelector?: {
    readonly labelSelector: { _toKube(): LabelSelector };
    readonly namespaces?: { readonly labelSelector?: { _toKube(): LabelSelector }; readonly names?: string[] };
  };
}

/** A peer of cdk8s-plus, or a tenant or workload of this library, as Kubernetes spells it. */
export function fromPlusPeer(peer: plus.INetworkPolicyPeer, seenFrom: string | undefined): NetworkPolicyPeer {
  const own = fromOwnPeer(peer, seenFrom);
  if (own) {
    return own;
  }
  const { ipBlock: block, podSelector } = peer.toNetworkPolicyPeerConfig() as unknown as PlusConfig;
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

/** The peers of `acceptsFrom`. A `Peer` is a destination with ports, and has no place there. */
export function acceptedPeers(
  check: Check,
  peers: readonly plus.INetworkPolicyPeer[],
  seenFrom: string,
  clientPorts: readonly unknown[],
): NetworkPolicyPeer[] {
  if (peers.length > 0 && clientPorts.length === 0) {
    check.fail(
      'forbidden',
      'acceptsFrom',
      'acceptsFrom must not be set for a workload without a port',
      'leave acceptsFrom out',
    );
  }
  for (const [i, peer] of peers.entries()) {
    if (typeof (peer as Partial<typeof peer> | null | undefined)?.toNetworkPolicyPeerConfig !== 'function') {
      check.fail(
        'type',
        indexPath('acceptsFrom', i),
        `acceptsFrom[${i}] must be a tenant, a workload or a peer of cdk8s-plus, but is ${describe(peer)}`,
        "write the tenant, or for addresses kplus.NetworkPolicyIpBlock.ipv4(scope, 'office', '198.51.100.0/24')",
      );
    }
  }
  return peers.map((peer) => fromPlusPeer(peer, seenFrom));
}

/** Tenants and workloads do not need cdk8s-plus, which is slow to load. */
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
