import { NODE_LOCAL_DNS } from '../../eks/service-range';
import { rememberedBy } from '../../kube/collections';
import { selectorLabels } from '../../kube/labels';
import type { ClusterContext } from '../core/cluster-context';
import type {
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
  ObjectMeta,
} from '../core/k8s';
import { type Endpoint, ipBlock, namespaceNamed } from './targets';

/** Peers, and the ports that they may use. */
export interface PolicyRule {
  readonly peers: readonly NetworkPolicyPeer[];
  readonly ports: readonly NetworkPolicyPort[];
}

/** Rules that can be computed only when the app is complete. */
export type LateRules = (owner: Endpoint) => PolicyRule | readonly PolicyRule[] | undefined;

/** A workload whose policy lets others in. */
export interface Accepting {
  readonly owner: Endpoint;
  accept(peers: readonly NetworkPolicyPeer[], ports: readonly NetworkPolicyPort[]): void;
  /** Adds rules that can be computed only when the app is complete. */
  acceptLate(rules: LateRules): void;
}

/** The traffic of a workload that its policy allows again after default-deny. */
export interface PolicyInput {
  readonly owner: Endpoint;
  readonly egress: readonly PolicyRule[];
  readonly ingress: readonly PolicyRule[];
  /** The ports on which members of a StatefulSet call each other. */
  readonly memberPorts: readonly NetworkPolicyPort[];
  /** It calls AWS with its own role. */
  readonly callsAws: boolean;
  /** It has a token for the Kubernetes API. */
  readonly callsKubernetes: boolean;
  readonly cluster: ClusterContext | undefined;
}

const tcp = (port: number): NetworkPolicyPort => ({ port, protocol: 'TCP' });
const udp = (port: number): NetworkPolicyPort => ({ port, protocol: 'UDP' });
const host = (address: string) => ipBlock(`${address}/32`);
/** The addresses of the EKS Pod Identity agent. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html */
const POD_IDENTITY = { v4: '169.254.170.23', v6: 'fd00:ec2::23/128' } as const;

export function workloadPolicy(metadata: ObjectMeta & { name: string }, input: PolicyInput): NetworkPolicy {
  const members = memberRules(input.owner, input.memberPorts);
  const egress = [dnsRule(input.cluster)];
  for (const rule of input.egress) {
    egress.push(egressRule(rule));
  }
  for (const rule of members) {
    egress.push(egressRule(rule));
  }
  if (input.callsAws) {
    egress.push(...aws(input.cluster).map(egressRule));
  }
  if (input.callsKubernetes) {
    egress.push(apiRule(input.cluster));
  }
  const ingress = input.ingress.concat(members);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      egress,
      ingress:
        ingress.length === 0
          ? undefined
          : ingress.map(({ peers, ports }): NetworkPolicyIngressRule => ({ from: list(peers), ports: list(ports) })),
      podSelector: { matchLabels: selectorLabels(input.owner.name) },
      policyTypes: BOTH,
    },
  };
}

const BOTH: NetworkPolicySpec['policyTypes'] = ['Ingress', 'Egress'];

/** The same objects in all policies of a cluster. */
const dnsRule = ofCluster((cluster) => egressRule(dns(cluster)));
const apiRule = ofCluster((cluster) => egressRule(kubernetesApi(cluster)));

function ofCluster<T extends object>(make: (cluster: ClusterContext | undefined) => T) {
  const known = rememberedBy<ClusterContext, T>(make);
  return (cluster: ClusterContext | undefined): T => (cluster ? known(cluster) : make(cluster));
}

function egressRule({ peers, ports }: PolicyRule): NetworkPolicyEgressRule {
  return { ports: list(ports), to: list(peers) };
}

/** The rule by which members of one workload call each other. */
export function memberRules({ name }: Endpoint, ports: readonly NetworkPolicyPort[]): readonly PolicyRule[] {
  return ports.length > 0 ? [{ peers: [{ podSelector: { matchLabels: selectorLabels(name) } }], ports }] : [];
}

/**
 * Denies all traffic that no other policy of the namespace allows, in both directions.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/network-security.html
 */
export function defaultDeny(metadata: ObjectMeta & { name: string }): NetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  };
}

/** In Auto Mode CoreDNS is not a pod but a service of the node, which a policy can only allow by its address. */
export function dns(cluster: ClusterContext | undefined): PolicyRule {
  const ports = [udp(53), tcp(53)];
  if (cluster?.facts.compute === 'auto') {
    return { peers: cluster.dns.map((range) => ipBlock(range)), ports };
  }
  const kubeDns = {
    namespaceSelector: namespaceNamed('kube-system'),
    podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
  };
  return { peers: cluster?.ipFamily === 'IPv6' ? [kubeDns] : [kubeDns, host(NODE_LOCAL_DNS)], ports };
}

/** The agent that provides credentials, and the endpoints of AWS, which are inside the VPC or outside. */
function aws(cluster: ClusterContext | undefined): PolicyRule[] {
  const family = cluster?.facts.made ? cluster.ipFamily : undefined;
  const agent = [
    ...(family === 'IPv6' ? [] : [host(POD_IDENTITY.v4)]),
    ...(family === 'IPv4' ? [] : [ipBlock(POD_IDENTITY.v6)]),
  ];
  return [
    { peers: agent, ports: [tcp(80)] },
    { peers: [ipBlock(cluster?.ipFamily === 'IPv6' ? '::/0' : '0.0.0.0/0')], ports: [tcp(443)] },
  ];
}

/** Policies apply before the address of the Service is translated, so they must allow that address. */
function kubernetesApi(cluster: ClusterContext | undefined): PolicyRule {
  const ranges = cluster?.apiServer ?? (['0.0.0.0/0'] as const);
  return { peers: ranges.map((range) => ipBlock(range)), ports: [tcp(443)] };
}

/** A list of its own of the same peers or ports: nobody changes what is rendered. */
function list<T>(values: readonly T[]): T[] {
  return values.slice();
}
