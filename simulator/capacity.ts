import { type InstanceSpec, specsWith } from '../eks/instance-specs';
import { profileOf } from '../eksctl/fargate-profiles';
import { type ResolvedNodeGroup, resolvedNodeGroups } from '../eksctl/resolved-node-group';
import type { ClusterConfig } from '../eksctl/types';
import type { NodeAffinity } from '../imports/kubernetes';
import { entryOf } from '../kube/collections';
import type { Manifest } from '../kube/objects';
import { type Amounts, groupAllocatable } from './allocatable';
import { type KnownGroup, Nodes, nodesOf } from './nodes';
import { type PodSet, podSetsOf } from './pod-sets';
import { RelationTable } from './relations';
import { type CapacityReport, type GroupCapacity, type LargestPod, NO_AMOUNTS, plus, RESOURCES, Total } from './report';
import type { Universe } from './simulate';
import { REPORTED_STATES, StateReports } from './states';
import { addressesOf } from './subnet-addresses';
import { type SystemPodTable, systemPodsOf } from './system-pods';
import { capacityTable } from './table';

/** What a report is made of. */
export interface CapacityInput {
  readonly cluster: string;
  /** Undefined for a cluster of which nobody knows the node groups. */
  readonly config: ClusterConfig | undefined;
  /** All objects of the app, cluster-scoped ones included. */
  readonly manifests: readonly Manifest[];
  /** Names of the Helm releases that the cluster gets beside its add-ons. */
  readonly releases: readonly string[];
  /** Types that the library does not know, or knows differently. @default - none */
  readonly instanceTypes?: readonly InstanceSpec[];
  /** What add-ons and releases take, where it differs from what the library knows. @default - none */
  readonly systemPods?: SystemPodTable;
}

/** Subnets of one's own may not say their zones; EKS takes two at least. */
const UNKNOWN_ZONES = ['one zone', 'another zone'];
const inSomeZones = (nodeGroup: ResolvedNodeGroup): ResolvedNodeGroup =>
  nodeGroup.zones.length > 0 ? nodeGroup : { ...nodeGroup, zones: UNKNOWN_ZONES };

/** Whether an app fits on its cluster. Pure; verdicts are worked out when they are asked for. */
export function capacity(input: CapacityInput): CapacityReport {
  const { cluster, config, manifests, releases } = input;
  const names = [...(config?.addons ?? []).map(({ name }) => name), ...releases];
  const system = systemPodsOf(names, input.systemPods);
  const onNodes = (set: PodSet) => set.perNode || !config || !profileOf(set, config);
  const own = podSetsOf(system.manifests).filter(onNodes);
  const app = podSetsOf(manifests).filter(onNodes);
  const universe = universeOf(own, app, manifests);
  const specOf = specsWith(input.instanceTypes);
  const groups = (config ? resolvedNodeGroups(config) : []).map(inSomeZones);
  const known = groups.flatMap((nodeGroup): KnownGroup[] => {
    const has = groupAllocatable(nodeGroup, specOf);
    const ips = nodeGroup.instanceTypes.map((type) => specOf(type)?.ipsPerEni ?? 2);
    return has ? [{ nodeGroup, has, ipsPerEni: Math.min(...ips) }] : [];
  });
  const judge = new StateReports(universe, known, config && addressesOf(config), known.length < groups.length);
  const rooms = known.map((group) => roomOf(group, universe));
  const counted = universe.app.filter((index) => !universe.sets[index]!.perNode && universe.sets[index]!.most > 0);
  const pods = counted.map((index) => universe.sets[index]!);
  const report: Omit<CapacityReport, 'toString' | 'states'> = {
    cluster,
    groups: groups.map((nodeGroup) => groupCapacity(nodeGroup, known, universe)),
    asked: {
      asApplied: sumOf(pods, ({ count }) => count),
      rolling: sumOf(pods, ({ count, surge }) => count + surge),
      atMaximum: sumOf(pods, ({ most }) => most),
    },
    largestPod: largestOf(pods, rooms),
    tooLarge: known.length < groups.length || known.length === 0 ? [] : tooLarge(counted, rooms, universe),
    unknownTypes: groups.flatMap(({ name: group, instanceTypes }) =>
      instanceTypes.filter((type) => !specOf(type)).map((type) => ({ group, type })),
    ),
    unknownSystem: system.unknown,
    nodeAutoscaler:
      releases.some((name) => name === 'cluster-autoscaler' || name === 'karpenter') || !!config?.karpenter,
    verdict: (state, nodes) => (known.length === 0 ? undefined : judge.verdict(state, nodes)),
  };
  let states: CapacityReport['states'] | undefined;
  return {
    ...report,
    get states() {
      states ??= REPORTED_STATES.flatMap(([state, sizes]) =>
        sizes.flatMap((nodes) => report.verdict(state, nodes) ?? []),
      );
      return states;
    },
    toString(): string {
      return capacityTable(this);
    },
  };
}

/** Sets, followed by their next revisions. */
function universeOf(system: readonly PodSet[], app: readonly PodSet[], manifests: readonly Manifest[]): Universe {
  const own = [...system, ...app];
  const sets = [...own];
  const constraintClasses = constraintClassesOf(own);
  const likenesses = likenessesOf(own, constraintClasses);
  const next: (number | undefined)[] = [];
  for (let index = 0; index < own.length; index++) {
    if (index >= system.length && own[index]!.surge > 0) {
      next.push(sets.length);
      // the same, under another hash
      sets.push(own[index]!);
      constraintClasses.push(constraintClasses[index]!);
      likenesses.push(likenesses[index]);
    } else {
      next.push(undefined);
    }
  }
  const labels = new Map<string, Readonly<Record<string, string>>>();
  for (const { kind, metadata } of manifests) {
    if (kind === 'Namespace') {
      labels.set(metadata.name, metadata.labels ?? {});
    }
  }
  return {
    sets,
    relations: new RelationTable(sets, next, labels),
    constraintClasses,
    likenesses,
    system: system.map((_, index) => index),
    app: app.map((_, index) => system.length + index),
    next,
  };
}

/** A number for each set, the same for those whose pods want the same of a node. */
function constraintClassesOf(sets: readonly PodSet[]): number[] {
  const known = new Map<string, number>();
  const next = () => known.size;
  // pods of most workloads want nothing else, and often by the same object
  const byAffinity = new Map<NodeAffinity | undefined, number>();
  return sets.map(({ spec: { nodeSelector, affinity, tolerations } }) => {
    const nodeAffinity = affinity?.nodeAffinity;
    const isAlone = nodeSelector === undefined && tolerations === undefined;
    const wants = () =>
      isAlone && nodeAffinity === undefined ? '' : JSON.stringify([nodeSelector, nodeAffinity, tolerations]);
    const find = () => entryOf(known, wants(), next);
    return isAlone ? entryOf(byAffinity, nodeAffinity, find) : find();
  });
}

/** What tells pods of one class apart is what they ask for, and whom they displace. */
function likenessesOf(sets: readonly PodSet[], constraintClasses: readonly number[]): (number | undefined)[] {
  const known = new Map<string, number>();
  const next = () => known.size;
  // sets that ask for the same have one object of it, and nearly always stand together
  let last = -1;
  let likeness: number | undefined;
  return sets.map(({ asks, priority, preempts, volumes, hostPorts }, index) => {
    if (volumes.kept || volumes.shared.length > 0 || hostPorts.length > 0) {
      return undefined;
    }
    const before = sets[last];
    const ofClass = constraintClasses[index];
    if (
      before?.asks !== asks ||
      constraintClasses[last] !== ofClass ||
      before.priority !== priority ||
      before.preempts !== preempts ||
      before.volumes.own !== volumes.own
    ) {
      const { cpu, memory, ephemeralStorage, gpus, branchInterfaces } = asks;
      const room = `${cpu} ${memory} ${ephemeralStorage} ${volumes.own} ${gpus} ${branchInterfaces}`;
      likeness = entryOf(known, `${ofClass} ${priority} ${preempts} ${room}`, next);
      last = index;
    }
    return likeness;
  });
}

function sumOf(sets: readonly PodSet[], count: (set: PodSet) => number): Amounts {
  const sum = new Total();
  for (const set of sets) {
    sum.add(set.asks, count(set));
  }
  return sum.amounts();
}

/** What DaemonSets take of a node of a group. */
function daemonsOf(group: KnownGroup, universe: Universe): Amounts {
  const nodes = new Nodes(nodesOf([group], () => 1));
  const sum = new Total();
  for (const index of [...universe.system, ...universe.app]) {
    const { perNode, asks } = universe.sets[index]!;
    if (perNode && admits(nodes, index, universe)) {
      sum.add(asks);
    }
  }
  return sum.amounts();
}

function admits(nodes: Nodes, set: number, { sets, constraintClasses }: Universe): boolean {
  const { accepts, tolerates } = nodes.admission(constraintClasses[set]!, sets[set]!.spec);
  return nodes.all.some((_, node) => accepts[node]! && tolerates[node]!);
}

function groupCapacity(nodeGroup: ResolvedNodeGroup, known: readonly KnownGroup[], universe: Universe): GroupCapacity {
  const group = known.find((one) => one.nodeGroup === nodeGroup);
  return {
    name: nodeGroup.name,
    instanceTypes: nodeGroup.instanceTypes,
    minimum: nodeGroup.minSize,
    desired: nodeGroup.desiredCapacity,
    maximum: nodeGroup.maxSize,
    available: group?.has,
    daemons: group ? daemonsOf(group, universe) : NO_AMOUNTS,
  };
}

interface Room {
  readonly group: KnownGroup;
  /** A node of the group in each of its zones. */
  readonly nodes: Nodes;
  /** What an empty node has beside its DaemonSets. */
  readonly room: Amounts;
}

function roomOf(group: KnownGroup, universe: Universe): Room {
  const nodes = new Nodes(nodesOf([group], ({ zones }) => zones.length));
  return { group, nodes, room: plus(group.has, daemonsOf(group, universe), -1) };
}

/** The largest part of a resource of an empty node that a pod takes; infinite where a resource is missing. */
function partOf(asks: Amounts, room: Amounts): number {
  let largest = 0;
  for (const name of RESOURCES) {
    const part = asks[name] === 0 ? 0 : asks[name] / Math.max(0, room[name]);
    largest = Math.max(largest, part);
  }
  return largest;
}

function largestOf(pods: readonly PodSet[], rooms: readonly Room[]): LargestPod | undefined {
  const best = ({ asks }: PodSet) => {
    let found: { group: string; part: number } | undefined;
    for (const { group, room } of rooms) {
      const part = partOf(asks, room);
      found = found && found.part <= part ? found : { group: group.nodeGroup.name, part };
    }
    return found;
  };
  let largest: PodSet | undefined;
  let most = 0;
  for (const set of pods) {
    if (set.asks === largest?.asks) {
      continue;
    }
    // without nodes to compare with: a core weighs as much as 4 GiB
    const weight = best(set)?.part ?? set.asks.cpu / 1000 + set.asks.memory / 4096;
    if (!largest || !(most >= weight)) {
      largest = set;
      most = weight;
    }
  }
  const on = largest && best(largest);
  return (
    largest && {
      workload: largest.workload,
      asks: largest.asks,
      group: on?.group,
      percent: on && Number.isFinite(on.part) ? Math.ceil(on.part * 100) : undefined,
    }
  );
}

/** Pods that no group has a node for: of those that would accept them, none is large enough. */
function tooLarge(pods: readonly number[], rooms: readonly Room[], universe: Universe): CapacityReport['tooLarge'] {
  const found: CapacityReport['tooLarge'][number][] = [];
  const { sets, constraintClasses } = universe;
  // the last one that fits, like most after it
  let fitting = -1;
  for (const index of pods) {
    const { workload, asks } = sets[index]!;
    if (asks === sets[fitting]?.asks && constraintClasses[index] === constraintClasses[fitting]) {
      continue;
    }
    let accepted = false;
    let fits = false;
    for (const { nodes, room } of rooms) {
      if (admits(nodes, index, universe)) {
        accepted = true;
        fits ||= partOf(asks, room) <= 1;
      }
    }
    if (accepted && !fits) {
      found.push({ workload, asks });
    } else {
      fitting = index;
    }
  }
  return found;
}
