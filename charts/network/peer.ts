import type * as plus from 'cdk8s-plus-28';
import type { Cidr } from '../../kube/values';
import { Check } from '../core/check';
import type { NetworkPolicyPeer } from '../core/k8s';
import { type Port, resolvePort } from '../core/ports';
import { fromPlusPeer } from './plus-peers';
import { type Connectable, type ConnectionTarget, ipBlock, PRIVATE_RANGES, policyPorts } from './targets';

/** Addresses that are not of the internet: private, carrier-grade NAT and link-local ranges. */
const NOT_PUBLIC = [...PRIVATE_RANGES, '169.254.0.0/16'].sort();

/** Destinations that are not workloads of this app. */
export class Peer implements Connectable {
  /** A peer of cdk8s-plus (its pods, namespaces, address blocks) on these ports. */
  static of(peer: plus.INetworkPolicyPeer, ...ports: Port[]): Peer {
    return new Peer('Peer.of', [fromPlusPeer(peer, undefined)], ports);
  }
  /** A range of addresses, such as a database's subnets. */
  static cidr(cidr: Cidr, ...ports: Port[]): Peer {
    new Check('Peer.cidr').cidr('the range', cidr);
    return new Peer('Peer.cidr', [ipBlock(cidr)], ports);
  }
  /** Public addresses; private ranges stay closed. */
  static internet(...ports: Port[]): Peer {
    return new Peer('Peer.internet', [ipBlock('0.0.0.0/0', NOT_PUBLIC)], ports);
  }

  private readonly target: ConnectionTarget;

  private constructor(what: string, peers: readonly NetworkPolicyPeer[], ports: readonly Port[]) {
    const check = new Check(what);
    if (ports.length === 0) {
      check.fail('no port', `write the ports: ${what}(..., 5432)`);
    }
    this.target = { peers, ports: policyPorts(ports.map((p) => resolvePort(check, 'port', p))) };
  }

  /** Its addresses or pods, on its ports. */
  toConnectionTarget(): ConnectionTarget {
    return this.target;
  }
}
