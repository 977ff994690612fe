import { describe } from '../../kube/describe';
import { indexPath } from '../../kube/text';
import type { Check } from '../core/check';
import type { PlusNetworkPolicyPeer } from '../core/plus';
import type { PortModel } from '../core/ports';
import { type PolicyRule, samePort } from './connections';
import { Peer } from './peer';
import { fromPlusPeer } from './plus-peers';
import { policyPorts } from './targets';

/** The rules of `acceptsFrom`. A `Peer` names the ports that it calls; others call every port of clients. */
export function acceptedRules(
  check: Check,
  peers: readonly (PlusNetworkPolicyPeer | Peer)[],
  seenFrom: string,
  clientPorts: readonly PortModel[],
): PolicyRule[] {
  if (peers.length > 0 && clientPorts.length === 0) {
    check.fail(
      'forbidden',
      'acceptsFrom',
      'acceptsFrom must not be set for a workload without a port',
      'leave acceptsFrom out',
    );
  }
  const open = policyPorts(clientPorts);
  return peers.map((peer, i) => {
    const field = indexPath('acceptsFrom', i);
    if (peer instanceof Peer) {
      const { peers: from, ports } = peer.toConnectionTarget();
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
      return { peers: from, ports };
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
    return { peers: [from], ports: open };
  });
}
