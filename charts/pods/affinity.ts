import { HOST, OS } from '../../eks/node-labels';
import { copyPlain } from '../../kube/copy';
import { selectorLabels } from '../../kube/labels';
import type { ClusterContext } from '../core/cluster-context';
import type { Affinity, NodeAffinity, NodeSelectorTerm, PodAntiAffinity } from '../core/k8s';
import { capacityAlternatives } from './node-labels';
import type { Placement } from './placement';
import { revisionsApart } from './spread';

/** What decides on an affinity beside the placement. */
export interface AffinityInput {
  readonly revision: string | undefined;
  readonly cluster: ClusterContext | undefined;
}

/** Nodes with Linux, what the placement asks for, and different nodes where that is possible. */
export function affinity(
  name: string,
  placement: Placement,
  { revision, cluster }: AffinityInput,
): Affinity | undefined {
  if (placement.computeType === 'fargate') {
    return undefined;
  }
  const parts: Affinity = {
    nodeAffinity: nodeAffinity(placement, cluster),
    podAffinity: copyPlain(placement.podAffinity),
    podAntiAffinity: podAntiAffinity(name, placement, revision),
  };
  return Object.values(parts).some((part) => part !== undefined) ? parts : undefined;
}

function podAntiAffinity(
  name: string,
  placement: Placement,
  revision: string | undefined,
): PodAntiAffinity | undefined {
  const given = copyPlain(placement.podAntiAffinity);
  if (typeof placement.spread === 'object' || placement.spread === 'none') {
    return given;
  }
  const podAffinityTerm = {
    topologyKey: HOST,
    labelSelector: { matchLabels: selectorLabels(name) },
    ...revisionsApart(revision),
  };
  const preferred = [
    ...(given?.preferredDuringSchedulingIgnoredDuringExecution ?? []),
    { weight: 100, podAffinityTerm },
  ];
  return { ...given, preferredDuringSchedulingIgnoredDuringExecution: preferred };
}

/** All conditions hold in each alternative: Kubernetes takes a node that meets any of the terms. */
function nodeAffinity(placement: Placement, cluster: ClusterContext | undefined): NodeAffinity | undefined {
  const given = copyPlain(placement.nodeAffinity);
  const own = given?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const lists: (readonly NodeSelectorTerm[])[] = [
    linuxNodes(placement),
    capacityAlternatives(placement, cluster).map((matchExpressions) => ({ matchExpressions })),
    own ?? [],
  ];
  const nodeSelectorTerms = lists
    .filter((list) => list.length > 0)
    .reduce<NodeSelectorTerm[]>(
      (terms, list) => (terms.length === 0 ? [...list] : terms.flatMap((a) => list.map((b) => both(a, b)))),
      [],
    );
  return nodeSelectorTerms.length > 0
    ? { ...given, requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } }
    : given;
}

function both(a: NodeSelectorTerm, b: NodeSelectorTerm): NodeSelectorTerm {
  const joined = <T>(x: readonly T[] = [], y: readonly T[] = []) =>
    x.length + y.length > 0 ? [...x, ...y] : undefined;
  const [matchExpressions, matchFields] = [
    joined(a.matchExpressions, b.matchExpressions),
    joined(a.matchFields, b.matchFields),
  ];
  return { ...(matchExpressions && { matchExpressions }), ...(matchFields && { matchFields }) };
}

/** Without it nothing keeps a pod off a Windows node, where no Linux image starts. A label for the system decides by itself. */
function linuxNodes({ os, nodeLabels = {} }: Placement): NodeSelectorTerm[] {
  return nodeLabels[OS] === undefined && os !== 'windows'
    ? [{ matchExpressions: [{ key: OS, operator: 'In' as const, values: ['linux'] }] }]
    : [];
}
