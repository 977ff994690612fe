import type { IConstruct } from 'constructs';
import { describe } from '../../kube/describe';
import { indexPath } from '../../kube/text';
import type { Cidr } from '../../kube/values';
import { Check } from '../core/check';
import type { ClusterContext } from '../core/cluster-context';
import type { NetworkPolicyPeer } from '../core/k8s';
import type { PlusNetworkPolicyPeer } from '../core/plus';
import { type Port, resolvePort } from '../core/ports';
import { MetricsPeer } from './metrics-peer';
import { fromPlusPeer } from './plus-peers';
import { type Connectable, type ConnectionTarget, ipBlock, PRIVATE_RANGES, policyPorts } from './targets';
import { vpcPeers } from './vpc-peers';

/** The addresses of a peer in a cluster; undefined where they are not known. */
type PeersIn = (cluster: ClusterContext | undefined) => readonly NetworkPolicyPeer[] | undefined;

/** Ranges that are not on the internet: private, carrier-grade NAT and link-local. */
const NOT_PUBLIC = [...PRIVATE_RANGES, '169.254.0.0/16'].sort();

/**
 * A destination or a client that is not a workload of this app. The ports are those of the side that is called: of the
 * destination in `connectsTo`, of the workload itself in `acceptsFrom`.
 *
 * @example
 * new WebService(tenant, 'web', {
 *   ...props,
 *   connectsTo: [Peer.cidr('10.0.64.0/20', 5432), Peer.internet(443)],
 *   acceptsFrom: [Peer.cidr('198.51.100.0/24', 8080)],
 * });
 */
export class Peer implements Connectable {
  /** A peer of cdk8s-plus (pods, namespaces, IP blocks), on these ports. */
  static of(peer: PlusNetworkPolicyPeer, ...ports: Port[]): Peer {
    const check = new Check('Peer.of');
    if (typeof (peer as Partial<PlusNetworkPolicyPeer> | undefined)?.toNetworkPolicyPeerConfig !== 'function') {
      check.fail(
        'type',
        'peer',
        `peer must be a tenant, a workload or a peer of cdk8s-plus, but is ${describe(peer)}`,
        "write Peer.cidr('10.0.0.0/16', 5432) for addresses",
      );
    }
    const from = check.run('peer', 'toNetworkPolicyPeerConfig() of the peer', () => fromPlusPeer(peer, undefined));
    return new Peer('Peer.of', [from], ports, peer);
  }
  /** A range of addresses, such as the subnets of a database, on these ports. */
  static cidr(cidr: Cidr, ...ports: Port[]): Peer {
    new Check('Peer.cidr').cidr('cidr', cidr);
    return new Peer('Peer.cidr', [ipBlock(cidr)], ports);
  }
  /** All public addresses, on these ports. Private ranges are not included. */
  static internet(...ports: Port[]): Peer {
    return new Peer('Peer.internet', [ipBlock('0.0.0.0/0', NOT_PUBLIC)], ports);
  }
  /**
   * The control plane of the cluster, in `acceptsFrom` alone: it calls admission and conversion webhooks, and APIs that
   * extend its own, from network interfaces in the subnets of the cluster, which no selector of pods has. The addresses of
   * the whole VPC are let in. A webhook, definition or APIService of the app that names the Service of a workload opens it
   * by itself.
   *
   * @param ports those that it calls: of the pods, not of the Service @default - all ports of clients
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/subnets.html
   */
  static controlPlane(...ports: Port[]): Peer {
    return new Peer('Peer.controlPlane', vpcPeers, ports);
  }
  /**
   * The metrics ports of all workloads below a construct, for a Prometheus of one's own: it may call them, and their
   * policies let it in. Workloads that are created later are included.
   *
   * @param scope the app, a tenant, or any other construct
   */
  static metrics(scope: IConstruct): Connectable {
    return new MetricsPeer(scope);
  }

  private readonly target: ConnectionTarget;
  /** @internal Who it is, where only the complete app says so. */
  readonly peersIn: PeersIn | undefined;

  private constructor(
    what: string,
    peers: readonly NetworkPolicyPeer[] | PeersIn,
    ports: readonly Port[],
    /** @internal The construct that `of` was given. */
    readonly origin?: IConstruct,
  ) {
    const check = new Check(what);
    const isLate = typeof peers === 'function';
    if (ports.length === 0 && !isLate) {
      check.fail('required', 'ports', 'ports is required', `write the ports: ${what}(..., 5432)`);
    }
    this.peersIn = isLate ? peers : undefined;
    this.target = {
      peers: isLate ? [] : peers,
      ports: policyPorts(ports.map((port, i) => resolvePort(check, indexPath('ports', i), port))),
    };
  }

  /** Without peers for the control plane, which no one connects to by a policy. */
  toConnectionTarget(): ConnectionTarget {
    return this.target;
  }
}
