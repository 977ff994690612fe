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
  const ofNodes = nodeAffinity(placement, cluster);
  const apart = podAntiAffinity(name, placement, revision);
  if (ofNodes && apart && placement.podAffinity === undefined) {
    return { nodeAffinity: ofNodes, podAntiAffinity: apart };
  }
  const parts = { nodeAffinity: ofNodes, podAffinity: copyPlain(placement.podAffinity), podAntiAffinity: apart };
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
  const labelSelector = { matchLabels: selectorLabels(name) };
  const podAffinityTerm = { labelSelector, matchLabelKeys: revisionsApart(revision), topologyKey: HOST };
  const own = { podAffinityTerm, weight: 100 };
  if (given === undefined) {
    return { preferredDuringSchedulingIgnoredDuringExecution: [own] };
  }
  const preferred = [...(given.preferredDuringSchedulingIgnoredDuringExecution ?? []), own];
  return { ...given, preferredDuringSchedulingIgnoredDuringExecution: preferred };
}

/** All conditions hold in each alternative: Kubernetes takes a node that meets any of the terms. */
function nodeAffinity(placement: Placement, cluster: ClusterContext | undefined): NodeAffinity | undefined {
  const given = copyPlain(placement.nodeAffinity);
  const own = given?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const linux = linuxNodes(placement);
  const capacities = capacityAlternatives(placement, cluster);
  if (given === undefined && capacities.length === 0) {
    return linux === ON_LINUX ? LINUX_ALONE : undefined;
  }
  const lists: (readonly NodeSelectorTerm[])[] = [
    linux,
    capacities.map((matchExpressions) => ({ matchExpressions })),
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
function linuxNodes({ os, nodeLabels }: Placement): NodeSelectorTerm[] {
  return nodeLabels?.[OS] === undefined && os !== 'windows' ? ON_LINUX : NO_TERMS;
}

const ON_LINUX: NodeSelectorTerm[] = [{ matchExpressions: [{ key: OS, operator: 'In', values: ['linux'] }] }];
const NO_TERMS: NodeSelectorTerm[] = [];
/** Of most pods, the same object in all of them. */
const LINUX_ALONE: NodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: ON_LINUX } };
