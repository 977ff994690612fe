import type { IConstruct } from 'constructs';
import { VPC_BLOCKS } from '../../kube/cidr';
import { selectorLabels } from '../../kube/labels';
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../core/k8s';
import type { PortModel } from '../core/ports';

/** What can be called: a peer and its ports. Workloads with ports are; implement it for your own. */
export interface Connectable {
  /** Whom to let through, and where to. */
  toConnectionTarget(): ConnectionTarget;
}
/** A destination, in terms of a NetworkPolicy. */
export interface ConnectionTarget {
  /** Any of these. */
  readonly peers: readonly NetworkPolicyPeer[];
  /** On any of these. */
  readonly ports: readonly NetworkPolicyPort[];
  /** The workload, if it is ours: its ingress rule is then made too. @default - not ours */
  readonly workload?: IConstruct;
}

/** A workload as one end of a connection. */
export interface Endpoint {
  readonly construct: IConstruct;
  readonly name: string;
  readonly namespace: string;
}

/** The pods of an endpoint, as another namespace's policy sees them; the selector is the one of its Service. */
export function podsOf(endpoint: Endpoint, seenFrom: string): NetworkPolicyPeer {
  const podSelector = { matchLabels: selectorLabels(endpoint.name) };
  return endpoint.namespace === seenFrom
    ? { podSelector }
    : { namespaceSelector: namespaceNamed(endpoint.namespace), podSelector };
}

/** A namespace by the label that the API server gives it. */
export function namespaceNamed(namespace: string) {
  return { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
}

export function policyPorts(ports: readonly Pick<PortModel, 'port' | 'protocol'>[]): NetworkPolicyPort[] {
  return ports.map(({ port, protocol }) => ({ port, protocol }));
}

export function ipBlock(cidr: string, except?: readonly string[]): NetworkPolicyPeer {
  return { ipBlock: except ? { cidr, except: [...except] } : { cidr } };
}

/** Private and carrier-grade NAT ranges, of which a VPC is made. */
export const PRIVATE_RANGES = VPC_BLOCKS;
