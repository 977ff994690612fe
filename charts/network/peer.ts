import type { IConstruct } from 'constructs';
import { describe } from '../../kube/describe';
import { isDnsLabel, isServiceName } from '../../kube/names';
import { indexPath } from '../../kube/text';
import type { Cidr, KeyTable } from '../../kube/values';
import { Check } from '../core/check';
import type { ClusterContext } from '../core/cluster-context';
import type { NetworkPolicyPeer } from '../core/k8s';
import type { PlusNetworkPolicyPeer } from '../core/plus';
import { type Port, resolvePort } from '../core/ports';
import { checkScheme } from '../core/url-scheme';
import { checkDomain } from './domains';
import { MetricsPeer } from './metrics-peer';
import type { PeerNature, WorkloadName } from './peer-nature';
import { fromPlusPeer } from './plus-peers';
import {
  type Connectable,
  type ConnectionTarget,
  ipBlock,
  PRIVATE_RANGES,
  podsOf,
  policyPorts,
  vpcPeers,
} from './targets';

/** The addresses of a peer in a cluster; undefined where they are not known. */
type PeersIn = (cluster: ClusterContext | undefined) => readonly NetworkPolicyPeer[] | undefined;

const WORKLOAD_NAME: KeyTable<WorkloadName> = { namespace: 'text', name: 'text' };

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
    return new Peer('Peer.of', [from], ports, { origin: peer });
  }
  /**
   * A workload of another app of this library in the same cluster, or any pods with its name as the label
   * app.kubernetes.io/name, on these ports. Each app opens its own end: the caller by `connectsTo`, the called one by
   * `acceptsFrom`. A workload of the same app is refused.
   *
   * @example
   * const catalog = Peer.workload({ namespace: 'store', name: 'catalog' }, 8080);
   * new WebService(tenant, 'web', { ...props, connectsTo: [catalog], env: { CATALOG: catalog.url() } });
   */
  static workload(workload: WorkloadName, ...ports: Port[]): WorkloadPeer {
    const check = new Check('Peer.workload');
    check.keys('workload', workload, WORKLOAD_NAME);
    if (workload === undefined) {
      check.fail('required', 'workload', 'workload is required', "write { namespace: 'store', name: 'catalog' }");
    }
    for (const [field, isValid] of [['namespace', isDnsLabel] as const, ['name', isServiceName] as const]) {
      if (!isValid(check.text(`workload.${field}`, workload[field]))) {
        check.fail(
          'invalid',
          `workload.${field}`,
          `workload.${field} must be at most 63 lowercase letters, digits and '-'${field === 'name' ? ', and begin with a letter' : ''}, but is '${workload[field]}'`,
          `write the id of the ${field === 'name' ? 'workload' : 'Tenant'}`,
        );
      }
    }
    return new WorkloadPeer(workload, ports);
  }
  /**
   * A domain name outside of the cluster, in `connectsTo` alone: 'api.example.com', or '*.example.com' for all names below
   * it, on these ports. The nodes of EKS Auto Mode let the pods connect to the addresses that their DNS gives for it. On
   * node groups nothing does, so a cluster of these is an error. Written as an ApplicationNetworkPolicy.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html
   */
  static domain(domain: string, ...ports: Port[]): Peer {
    checkDomain(new Check('Peer.domain'), 'domain', domain);
    return new Peer('Peer.domain', [], ports, { domain });
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

  /** @internal */
  protected constructor(
    what: string,
    peers: readonly NetworkPolicyPeer[] | PeersIn,
    ports: readonly Port[],
    /** @internal */
    readonly nature: PeerNature = {},
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

/** A workload of another app, with its addresses: its Service has the ports of its pods. */
export class WorkloadPeer extends Peer {
  /** 'catalog.store.svc.cluster.local'. */
  readonly host: string;
  /** The first port. */
  readonly port: number;

  /** @internal */
  constructor(workload: WorkloadName, ports: readonly Port[]) {
    super('Peer.workload', [podsOf(workload, '')], ports, { workload });
    this.host = `${workload.name}.${workload.namespace}.svc.cluster.local`;
    this.port = this.toConnectionTarget().ports[0]!.port as number;
  }

  /** Host and first port. */
  get address(): string {
    return `${this.host}:${this.port}`;
  }

  /** Address with a scheme. @param scheme @default 'http' */
  url(scheme = 'http'): string {
    checkScheme(new Check('Peer.workload'), 'url', scheme, undefined, { names: [], main: undefined });
    return `${scheme}://${this.address}`;
  }
}
