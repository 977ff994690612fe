/** What policies open for a mesh, as docs/mesh.md lists it: read from the labels of namespaces. */
import type { k8s } from 'cdk8s-eks-patterns';
import type { PodObject } from 'cdk8s-eks-patterns/review';
import type { Line } from './givens';
import type { Manifest } from './programs';

type Peer = k8s.NetworkPolicyPeer;
type Lines = (peers: readonly Peer[], ...ports: string[]) => Line[];

const named = (name: string): Peer => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
const block = (cidr: string): Peer => ({ ipBlock: { cidr } });

type Joined = 'sidecar' | 'ambient' | 'lattice' | undefined;

/** How each namespace joins a mesh, by its labels. */
function joinedOf(manifests: readonly Manifest[]): ReadonlyMap<string, Joined> {
  return new Map(
    manifests
      .filter(({ kind }) => kind === 'Namespace')
      .map(({ metadata: { name, labels = {} } }) => [
        name,
        labels['istio.io/dataplane-mode'] === 'ambient'
          ? 'ambient'
          : labels['istio-injection'] === 'enabled'
            ? 'sidecar'
            : labels['application-networking.k8s.aws/pod-readiness-gate-inject'] === 'enabled'
              ? 'lattice'
              : undefined,
      ]),
  );
}

/** What a mesh itself calls, and what VPC Lattice does, for one pod. */
export function meshGivens(pod: PodObject, manifests: readonly Manifest[], out: Lines, into: Lines): Line[] {
  const ports = pod.spec.containers.flatMap(({ ports: all = [] }) => all.map((port) => `TCP ${port.containerPort}`));
  const lattice = [block('169.254.171.0/24')];
  switch (joinedOf(manifests).get(pod.namespace)) {
    case 'sidecar': {
      const istiod = { ...named('istio-system'), podSelector: { matchLabels: { app: 'istiod' } } };
      return [...out([istiod], 'TCP 15012'), ...into([named('monitoring')], 'TCP 15020', 'TCP 15090')];
    }
    case 'ambient':
      return into([block('169.254.7.127/32')], 'TCP 1-65535', 'UDP 1-65535', 'SCTP 1-65535');
    case 'lattice':
      return [...out(lattice, 'TCP 80', 'TCP 443'), ...into(lattice, ...ports)];
    default:
      return [];
  }
}

/** The tunnel of each connection between pods of Istio of which one is in ambient mode. */
export function tunnelsOf(connections: readonly Line[], manifests: readonly Manifest[]): Line[] {
  const joined = joinedOf(manifests);
  return connections.flatMap((line) => {
    const [, from, to] = /^(\S+\/\S+) -> ([^{]\S*\/\S+) TCP /.exec(line) ?? [];
    const modes = [from, to].map((pod) => joined.get(pod?.split('/')[0] ?? ''));
    const areMeshed = modes.every((mode) => mode === 'sidecar' || mode === 'ambient');
    return areMeshed && modes.includes('ambient') ? [`${from} -> ${to} TCP 15008`] : [];
  });
}
