import { LATTICE_RANGES } from '../../../eks/meshes';
import { AMBIENT_MODE, ISTIO_SIDECAR, ISTIOD } from '../../../kube/injectors';
import type { ClusterContext } from '../../core/cluster-context';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, ObjectMeta } from '../../core/k8s';
import type { MeshModel } from '../../core/mesh';
import { dns, type PolicyRule } from '../policy';
import { ipBlock, namespaceNamed } from '../targets';

/** What a mesh needs of the network of every pod in an isolated namespace. */
export function meshPolicy(
  metadata: ObjectMeta & { name: string },
  mesh: MeshModel,
  around: { readonly cluster: ClusterContext | undefined; readonly scraper: string },
): NetworkPolicy {
  const { egress = [], ingress = [] } = rulesOf(mesh, around);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: {},
      policyTypes: [
        ...(ingress.length > 0 ? ['Ingress' as const] : []),
        ...(egress.length > 0 ? ['Egress' as const] : []),
      ],
      ...(egress.length > 0
        ? { egress: egress.map(({ peers, ports }) => ({ to: [...peers], ports: [...ports] })) }
        : {}),
      ...(ingress.length > 0
        ? {
            ingress: ingress.map(({ peers, ports }) => ({
              from: [...peers],
              ...(ports.length > 0 ? { ports: [...ports] } : {}),
            })),
          }
        : {}),
    },
  };
}

function rulesOf(
  mesh: MeshModel,
  { cluster, scraper }: { readonly cluster: ClusterContext | undefined; readonly scraper: string },
): { readonly egress?: readonly PolicyRule[]; readonly ingress?: readonly PolicyRule[] } {
  if (mesh.provider === 'lattice') {
    return { egress: [{ peers: latticePeers(cluster), ports: mesh.ports.map(tcp) }] };
  }
  if (mesh.mode === 'ambient') {
    const probes = ofFamily(cluster, { IPv4: AMBIENT_MODE.probes, IPv6: AMBIENT_MODE.probesV6 });
    return { ingress: [{ peers: probes, ports: [] }] };
  }
  const istiod = {
    namespaceSelector: namespaceNamed(ISTIOD.namespace),
    podSelector: { matchLabels: { ...ISTIOD.labels } },
  };
  return {
    egress: [dns(cluster), { peers: [istiod], ports: [tcp(ISTIOD.port)] }],
    ingress: [{ peers: [{ namespaceSelector: namespaceNamed(scraper) }], ports: ISTIO_SIDECAR.metrics.map(tcp) }],
  };
}

/** The addresses of VPC Lattice, of services and of what calls targets. */
export const latticePeers = (cluster: ClusterContext | undefined): readonly NetworkPolicyPeer[] =>
  ofFamily(cluster, LATTICE_RANGES);

/** Both where nobody knows the family of the cluster. */
function ofFamily(
  cluster: ClusterContext | undefined,
  ranges: Readonly<Record<'IPv4' | 'IPv6', string>>,
): readonly NetworkPolicyPeer[] {
  const family = cluster?.facts.made ? cluster.ipFamily : undefined;
  return (['IPv4', 'IPv6'] as const)
    .filter((one) => family === undefined || family === one)
    .map((one) => ipBlock(ranges[one]));
}

const tcp = (port: number): NetworkPolicyPort => ({ port, protocol: 'TCP' });
