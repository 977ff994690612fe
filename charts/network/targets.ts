import type { IConstruct } from 'constructs';
import { VPC_BLOCKS } from '../../kube/cidr';
import { selectorLabels } from '../../kube/labels';
import type { ClusterContext } from '../core/cluster-context';
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../core/k8s';
import type { PortModel } from '../core/ports';

/** A destination of connections. Workloads with ports and Peer implement it; implement it for your own constructs. */
export interface Connectable {
  /** The peers and ports to allow. */
  toConnectionTarget(): ConnectionTarget;
}
/** A destination, as a NetworkPolicy spells it. */
export interface ConnectionTarget {
  /** Any of these. With a `workload`, where its clients connect to if that is not to its pods. */
  readonly peers: readonly NetworkPolicyPeer[];
  /** On any of these. */
  readonly ports: readonly NetworkPolicyPort[];
  /** The workload of this app, which then gets an ingress rule too. @default - a destination outside of the app */
  readonly workload?: IConstruct;
}

/** A workload as one end of a connection. */
export interface Endpoint {
  readonly construct: IConstruct;
  readonly name: string;
  readonly namespace: string;
}

/** The pods of an endpoint for a policy in the namespace `seenFrom`. The selector is that of its Service. */
export function podsOf(endpoint: Omit<Endpoint, 'construct'>, seenFrom: string): NetworkPolicyPeer {
  const podSelector = { matchLabels: selectorLabels(endpoint.name) };
  return endpoint.namespace === seenFrom
    ? { podSelector }
    : { namespaceSelector: namespaceNamed(endpoint.namespace), podSelector };
}

/** A namespace, by the label that the API server adds. */
export function namespaceNamed(namespace: string) {
  return { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
}

export function policyPorts(ports: readonly Pick<PortModel, 'port' | 'protocol'>[]): NetworkPolicyPort[] {
  return ports.map(({ port, protocol }) => ({ port, protocol }));
}

/** The pods of a workload of this app, on these ports. */
export function podsOn(workload: IConstruct, ports: readonly PortModel[]): ConnectionTarget {
  // apart: an object with a list written in it is copied from a template, which takes several times as long
  const peers: NetworkPolicyPeer[] = [];
  return { peers, ports: policyPorts(ports), workload };
}

/** A workload of this app, on these ports. */
export function targetOf(workload: IConstruct, ports: readonly PortModel[]): Connectable {
  return { toConnectionTarget: () => podsOn(workload, ports) };
}

export function ipBlock(cidr: string, except?: readonly string[]): NetworkPolicyPeer {
  return { ipBlock: except ? { cidr, except: [...except] } : { cidr } };
}

/** The private and carrier-grade NAT ranges that a VPC can have. */
export const PRIVATE_RANGES = VPC_BLOCKS;

/**
 * The addresses of the VPC: of nodes, and of the interfaces from which the control plane calls webhooks. No selector of pods
 * has them. Every range that a VPC can have where nobody said which it is; undefined in an IPv6 cluster whose range only AWS
 * knows.
 */
export function vpcPeers(cluster: ClusterContext | undefined): readonly NetworkPolicyPeer[] | undefined {
  if (cluster?.vpcCidr !== undefined) {
    return [ipBlock(cluster.vpcCidr)];
  }
  return cluster?.ipFamily === 'IPv6' ? undefined : PRIVATE_RANGES.map((range) => ipBlock(range));
}
