/**
 * What policies open beside declared connections, as docs/connections.md lists it: read from the written objects and the
 * ClusterConfig, not from the code that writes the policies.
 */
import type { k8s } from 'cdk8s-eks-patterns';
import type { PodObject } from 'cdk8s-eks-patterns/review';
import { callsFromOutside } from './called-from-outside';
import { meshGivens } from './mesh-givens';
import type { Manifest } from './programs';

/** A line of a matrix: who may call whom, and on which ports. */
export type Line = string;

type Peer = k8s.NetworkPolicyPeer;

/** What is known of a program beside its pods. */
export interface Surroundings {
  readonly manifests: readonly Manifest[];
  /** undefined for a cluster that exists. */
  readonly config: Manifest | undefined;
  readonly loadBalancerSubnets: { readonly public: readonly string[]; readonly private: readonly string[] } | undefined;
  /** Of `defaults.scraper`; undefined where it is a workload of the program, which declares to call. */
  readonly scraper: Peer | undefined;
  /** The port that is scraped. */
  readonly metricsPortOf: (pod: PodObject) => number | undefined;
  /** Whether a pod has a role of its own: the prop `aws`. */
  readonly callsAws: (pod: PodObject) => boolean;
}

export const inNamespace = (name: string): Peer => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const block = (cidr: string): Peer => ({ ipBlock: { cidr } });
const key = (peer: Peer): string => JSON.stringify(peer);
export const nameOf = ({ namespace, manifest }: PodObject): string => `${namespace}/${manifest.metadata.name}`;

/** Lines of peers outside of the set, for one pod. */
export function givensOf(pod: PodObject, of: Surroundings): Line[] {
  const out = (peers: readonly Peer[], ...ports: string[]) =>
    peers.flatMap((peer) => ports.map((port) => `${nameOf(pod)} -> ${key(peer)} ${port}`));
  const into = (peers: readonly Peer[], ...ports: string[]) =>
    peers.flatMap((peer) => ports.map((port) => `${key(peer)} -> ${nameOf(pod)} ${port}`));
  const isAuto = of.config?.autoModeConfig?.enabled === true;
  const isIPv6 = of.config?.kubernetesNetworkConfig?.ipFamily === 'IPv6';
  const kubeDns = { ...inNamespace('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } };
  const dns = isAuto ? [block('10.100.0.10/32')] : isIPv6 ? [kubeDns] : [kubeDns, block('169.254.20.10/32')];
  const metrics = of.metricsPortOf(pod);
  return [
    ...out(dns, 'UDP 53', 'TCP 53'),
    ...(metrics === undefined || !of.scraper ? [] : into([of.scraper], `TCP ${metrics}`)),
    ...(of.callsAws(pod)
      ? [
          // of both families where the family of the cluster is not known
          ...(isIPv6 ? [] : out([block('169.254.170.23/32')], 'TCP 80')),
          ...(isIPv6 || !of.config ? out([block('fd00:ec2::23/128')], 'TCP 80') : []),
          ...out([block(isIPv6 ? '::/0' : '0.0.0.0/0')], 'TCP 443'),
        ]
      : []),
    ...(pod.spec.automountServiceAccountToken === true ? out([block('10.100.0.1/32')], 'TCP 443') : []),
    ...meshGivens(pod, of.manifests, out, into),
    ...callsFromOutside(pod, { ...of, vpc: of.config?.vpc?.cidr ?? '192.168.0.0/16' }).flatMap(({ ranges, port }) =>
      into(ranges.map(block), port),
    ),
  ];
}
