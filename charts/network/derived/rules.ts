import { entryOf } from '../../../kube/collections';
import type { ClusterContext } from '../../core/cluster-context';
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../../core/k8s';
import { samePort } from '../connections';
import { clientRanges, subnetRanges } from '../expose/load-balancer';
import type { PolicyRule } from '../policy';
import { ipBlock, namespaceNamed, vpcPeers } from '../targets';
import type { Caller, Side } from './calls';
import type { DerivedCall } from './index';

type Balancer = Extract<Caller, { readonly by: 'load-balancer' }>;

/** The rules of a policy for calls, one for each list of peers. Where nobody knows who a caller is, it has none. */
export function rulesFor(calls: readonly DerivedCall[], cluster: ClusterContext | undefined): readonly PolicyRule[] {
  const found = new Map<
    string,
    { readonly peers: readonly NetworkPolicyPeer[]; readonly ports: NetworkPolicyPort[] }
  >();
  for (const { call, ports } of calls) {
    for (const port of ports) {
      for (const peers of peersOf(call.caller, port, cluster)) {
        const known = entryOf(found, JSON.stringify(peers), () => ({ peers, ports: [] })).ports;
        if (!known.some((other) => samePort(other, port))) {
          known.push(port);
        }
      }
    }
  }
  return [...found.values()];
}

/** Lists of peers, each for a rule of its own. */
function peersOf(
  caller: Caller,
  port: NetworkPolicyPort,
  cluster: ClusterContext | undefined,
): readonly (readonly NetworkPolicyPeer[])[] {
  switch (caller.by) {
    case 'controller':
      return [[{ namespaceSelector: namespaceNamed(caller.namespace) }]];
    case 'load-balancer':
      return ofBalancer(caller, port, cluster);
    default:
      return [vpcPeers(cluster) ?? []].filter(({ length }) => length > 0);
  }
}

function ofBalancer(caller: Balancer, { protocol }: NetworkPolicyPort, cluster: ClusterContext | undefined) {
  // UDP arrives with the address of the client, and its health check by TCP
  const subnets = protocol === 'UDP' ? [] : subnetsOf(caller.side, cluster);
  const clients = protocol === 'UDP' || caller.keepsClients ? clientsOf(caller, cluster) : [];
  return [subnets, clients].filter(({ length }) => length > 0);
}

function subnetsOf(side: Side, cluster: ClusterContext | undefined): readonly NetworkPolicyPeer[] {
  const ranges = (scheme: 'internet-facing' | 'internal') => subnetRanges(scheme, cluster) ?? [];
  switch (side) {
    case 'vpc':
      return vpcPeers(cluster) ?? [];
    case 'public':
      return ranges('internet-facing').map((range) => ipBlock(range));
    case 'private':
      return ranges('internal').map((range) => ipBlock(range));
    default:
      return [...new Set([...ranges('internet-facing'), ...ranges('internal')])].map((range) => ipBlock(range));
  }
}

function clientsOf({ side, clients }: Balancer, cluster: ClusterContext | undefined): readonly NetworkPolicyPeer[] {
  const scheme = side === 'private' ? 'internal' : 'internet-facing';
  return clientRanges({ scheme, ...(clients ? { allowFrom: clients } : {}) }, cluster).map((range) => ipBlock(range));
}
