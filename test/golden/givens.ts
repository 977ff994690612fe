/**
 * What policies open beside declared connections, as docs/connections.md lists it: read from the written objects and the
 * ClusterConfig, not from the code that writes the policies.
 */
import type { k8s } from 'cdk8s-eks-patterns';
import type { PodObject } from 'cdk8s-eks-patterns/review';
import { podContainers } from '../../kube/pod-containers';
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
          ...out([block(isIPv6 ? 'fd00:ec2::23/128' : '169.254.170.23/32')], 'TCP 80'),
          ...out([block(isIPv6 ? '::/0' : '0.0.0.0/0')], 'TCP 443'),
        ]
      : []),
    ...(pod.spec.automountServiceAccountToken === true ? out([block('10.100.0.1/32')], 'TCP 443') : []),
    ...balanced(pod, of).flatMap(([subnets, port]) => into(subnets.map(block), `TCP ${port}`)),
  ];
}

/** The ports that Ingresses lead to and those of their health checks, with the subnets of their load balancers. */
function balanced(pod: PodObject, { manifests, loadBalancerSubnets }: Surroundings): [readonly string[], number][] {
  const own = manifests.filter(({ metadata }) => metadata.namespace === pod.namespace);
  return own
    .filter(({ kind }) => kind === 'Ingress')
    .flatMap(({ metadata, spec }) => {
      const isPublic = metadata.annotations['alb.ingress.kubernetes.io/scheme'] === 'internet-facing';
      const subnets = loadBalancerSubnets?.[isPublic ? 'public' : 'private'] ?? [];
      const backends: readonly Manifest[] = spec.rules.flatMap((rule: Manifest) =>
        rule.http.paths.map((one: Manifest) => one.backend.service),
      );
      const probed = Number(metadata.annotations['alb.ingress.kubernetes.io/healthcheck-port']);
      return backends.flatMap(({ name, port }): [readonly string[], number][] => {
        const service = own.find((one) => one.kind === 'Service' && one.metadata.name === name);
        const labels = Object.entries(service?.spec.selector ?? {});
        const selected = labels.every(([label, value]) => pod.labels[label] === value);
        const target = service?.spec.ports.find((one: Manifest) => one.name === port.name)?.targetPort;
        const ports = podContainers(pod).flatMap(({ container }) => container.ports ?? []);
        const number = ports.find((one) => one.name === target || one.containerPort === target)?.containerPort;
        const called = number === undefined ? [] : [number, ...(probed > 0 ? [probed] : [])];
        return service && selected ? called.map((one) => [subnets, one]) : [];
      });
    });
}
