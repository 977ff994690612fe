import { describe } from '../../kube/describe';
import { indexPath } from '../../kube/text';
import type { Check } from '../core/check';
import { addCheck } from '../core/checks';
import { clusterOf } from '../core/cluster-context';
import type { PlusNetworkPolicyPeer } from '../core/plus';
import type { PortModel } from '../core/ports';
import { tenants } from '../core/tenant-context';
import { checkForeign, samePort } from './connections';
import { Peer } from './peer';
import { fromPlusPeer } from './plus-peers';
import type { Accepting, PolicyRule } from './policy';
import { policyPorts } from './targets';

/** Adds the rules of `acceptsFrom`. A `Peer` names the ports that it calls; others call every port of clients. */
export function acceptPeers(
  check: Check,
  peers: readonly (PlusNetworkPolicyPeer | Peer)[],
  connections: Accepting,
  clientPorts: readonly PortModel[],
): void {
  const { namespace: seenFrom } = connections.owner;
  if (peers.length > 0 && clientPorts.length === 0) {
    check.fail(
      'forbidden',
      'acceptsFrom',
      'acceptsFrom must not be set for a workload without a port',
      'leave acceptsFrom out',
    );
  }
  const open = policyPorts(clientPorts);
  for (const [i, peer] of peers.entries()) {
    const field = indexPath('acceptsFrom', i);
    if (peer instanceof Peer) {
      const { peers: from, ports } = peer.toConnectionTarget();
      const { domain, workload } = peer.nature;
      if (domain !== undefined) {
        check.fail(
          'forbidden',
          field,
          `${field} must not be Peer.domain('${domain}'): a policy knows clients by their addresses`,
          "write Peer.cidr('198.51.100.0/24', ...) with the addresses of the client",
        );
      }
      if (workload) {
        checkForeign(connections.owner, workload, field);
      }
      const closed = ports.find((port) => !open.some((own) => samePort(own, port)));
      if (closed) {
        const own = open.map(({ port, protocol }) => `${port}/${protocol}`).join(', ');
        check.fail(
          'unsupported',
          field,
          `the ports of ${field} must be ports of clients of this workload, but it has no ${closed.port}/${closed.protocol}`,
          `use ${own}`,
        );
      }
      if (peer.peersIn) {
        acceptControlPlane(connections, peer.peersIn, ports.length > 0 ? ports : open);
      } else {
        connections.accept(from, ports);
      }
      continue;
    }
    if (typeof (peer as Partial<typeof peer> | null | undefined)?.toNetworkPolicyPeerConfig !== 'function') {
      check.fail(
        'type',
        field,
        `${field} must be a tenant, a workload, a Peer or a peer of cdk8s-plus, but is ${describe(peer)}`,
        `write the tenant, or for addresses Peer.cidr('198.51.100.0/24', ${open[0]?.port})`,
      );
    }
    const from = check.run(field, `toNetworkPolicyPeerConfig() of ${field}`, () => fromPlusPeer(peer, seenFrom));
    connections.accept([from], open);
  }
}

/** Where the control plane calls from is known when the app is complete. */
function acceptControlPlane(
  connections: Accepting,
  peersIn: NonNullable<Peer['peersIn']>,
  ports: PolicyRule['ports'],
): void {
  const { construct } = connections.owner;
  connections.acceptLate(() => {
    const peers = peersIn(clusterOf(construct));
    return peers && { peers, ports };
  });
  addCheck(construct, (report) => {
    if (tenants.nearest(construct)?.isolated && peersIn(clusterOf(construct)) === undefined) {
      report({ ...UNKNOWN_RANGE, rule: 'network/control-plane-range', field: 'acceptsFrom' });
    }
  });
}

const UNKNOWN_RANGE = {
  message: 'the control plane calls from an IPv6 range that is not known, so the network policy would drop its calls',
  fix: "set a range of your own on the cluster: config: { vpc: { ipv6Cidr: '2001:db8:1234::/56', ipv6Pool: '...' } }",
};
