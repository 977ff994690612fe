import type { IConstruct } from 'constructs';
import type { NetworkPolicyPeer } from '../../core/k8s';
import type { IstioModel } from '../../core/mesh';
import { cached } from '../../core/render-cache';
import { tenants } from '../../core/tenant-context';

/** A workload in a mesh. */
export interface Meshed {
  readonly construct: IConstruct;
  readonly name: string;
  readonly namespace: string;
  readonly mesh: IstioModel;
}

/** The namespaces that a peer of a policy names; undefined where it selects them by other labels, or is addresses. */
export function namespacesOf(peer: NetworkPolicyPeer, own: string): readonly string[] | undefined {
  const { ipBlock, namespaceSelector } = peer;
  if (ipBlock !== undefined) {
    return undefined;
  }
  if (namespaceSelector === undefined) {
    return [own];
  }
  const { matchLabels = {}, matchExpressions = [] } = namespaceSelector;
  const named = matchLabels['kubernetes.io/metadata.name'];
  if (named !== undefined) {
    return [named];
  }
  return matchExpressions.find(({ key, operator }) => key === 'kubernetes.io/metadata.name' && operator === 'In')
    ?.values;
}

/** How a namespace is in the mesh of a workload; undefined where it is not, as far as the app knows. */
export function modeOf({ construct, mesh }: Meshed, namespace: string): 'sidecar' | 'ambient' | 'unknown' | undefined {
  return modesOf(construct).get(namespace) ?? (mesh.namespaces.includes(namespace) ? 'unknown' : undefined);
}

/** The tenants of the app that are in Istio. */
function modesOf(construct: IConstruct): ReadonlyMap<string, IstioModel['mode']> {
  const { root } = construct.node;
  return cached(
    root,
    'modes-of-istio',
    () =>
      new Map(
        tenants
          .all(root)
          .flatMap(({ namespace, mesh }) => (mesh?.provider === 'istio' ? [[namespace, mesh.mode] as const] : [])),
      ),
  );
}
