import type { CapacityNode, Nodes } from './nodes';
import type { PodSet } from './pod-sets';
import { Scheduler, type Tie } from './scheduler';
import { type Demand, type Pod, type Reason, SimulatedCluster, zonesIn } from './simulated-cluster';

/** Pods that found no place. */
export interface Unschedulable {
  readonly pod: Pod;
  readonly because: readonly Reason[];
}

/** What a simulation came to. */
export interface SimulationResult {
  readonly cluster: SimulatedCluster;
  readonly unschedulable: readonly Unschedulable[];
  /** Members that are not made, since one before them has no place. */
  readonly pendingPredecessor: readonly Pod[];
  /** Pods whose volumes are in the zone that was lost. */
  readonly pendingVolumeZone: readonly Pod[];
  /** The zone that was lost. */
  readonly zone?: string;
}

/** In which order pods of one priority come, and which of equal nodes they get. Nobody knows, so several are tried. */
export interface Order {
  readonly tie: Tie;
  readonly compare: (a: Entry, b: Entry) => number;
}

/** Pods of one set that come together. */
export interface Entry {
  readonly set: PodSet;
  readonly index: number;
  /** Members of an ordered set come one after the other. */
  readonly round: number;
  readonly pods: readonly Pod[];
}

const size = ({ asks }: PodSet): number => asks.cpu / 1000 + asks.memory / 4096;

/** As listed, the other way round, the largest first, the smallest first. */
export const ORDERS: readonly Order[] = [
  { tie: 'first', compare: (a, b) => a.index - b.index },
  { tie: 'last', compare: (a, b) => b.index - a.index },
  { tie: 'first', compare: (a, b) => size(b.set) - size(a.set) || a.index - b.index },
  { tie: 'last', compare: (a, b) => size(a.set) - size(b.set) || a.index - b.index },
];

/** Sets of the demand by what they are for. */
export interface Universe extends Demand {
  /** Indices of what the cluster itself runs, which is there first. */
  readonly system: readonly number[];
  readonly app: readonly number[];
  /** Of each set the index of its next revision; undefined for one that never surges. */
  readonly next: readonly (number | undefined)[];
}

/** The cluster and the app in one order, from which the states go on. */
export class Simulation {
  private readonly base: Run;

  constructor(
    private readonly universe: Universe,
    nodes: Nodes,
    order: Order,
  ) {
    this.base = new Run(new Scheduler(new SimulatedCluster(nodes, universe), order.tie), universe, order);
    this.base.admit(universe.system.map((index) => [index, 0, universe.sets[index]!.count]));
    this.base.admit(universe.app.map((index) => [index, 0, universe.sets[index]!.count]));
  }

  asApplied(): SimulationResult {
    return this.base.result();
  }

  /** The surge of all Deployments at once, beside their pods. */
  rolling(): SimulationResult {
    const run = this.base.fork();
    const surging = this.universe.app.filter((index) => this.universe.next[index] !== undefined);
    run.admit(surging.map((index) => [this.universe.next[index]!, 0, this.universe.sets[index]!.surge]));
    return run.result();
  }

  autoscaled(): SimulationResult {
    const run = this.base.fork();
    const { sets, app } = this.universe;
    run.admit(app.map((index) => [index, sets[index]!.count, sets[index]!.most]));
    return run.result();
  }

  /** The loss of each zone that has nodes. */
  zonesLost(): SimulationResult[] {
    return zonesIn(this.base.scheduler.cluster.nodes).map((zone) => {
      const run = this.base.fork();
      run.removeZone(zone);
      return run.result(zone);
    });
  }
}

/** Pods of a set from one number to another, the last excluded. */
type Range = readonly [set: number, from: number, to: number];

class Run {
  private unschedulable: Unschedulable[] = [];
  private pendingPredecessor: Pod[] = [];
  private pendingVolumeZone: Pod[] = [];

  constructor(
    readonly scheduler: Scheduler,
    private readonly universe: Universe,
    private readonly order: Order,
  ) {}

  fork(): Run {
    const copy = new Run(this.scheduler.fork(), this.universe, this.order);
    copy.unschedulable = [...this.unschedulable];
    copy.pendingPredecessor = [...this.pendingPredecessor];
    copy.pendingVolumeZone = [...this.pendingVolumeZone];
    return copy;
  }

  result(zone?: string): SimulationResult {
    const { unschedulable, pendingPredecessor, pendingVolumeZone } = this;
    const { cluster } = this.scheduler;
    return { cluster, unschedulable, pendingPredecessor, pendingVolumeZone, ...(zone === undefined ? {} : { zone }) };
  }

  admit(ranges: readonly Range[]): void {
    this.schedule(ranges.flatMap((range) => this.entries(range)));
  }

  removeZone(zone: string): void {
    const { sets } = this.universe;
    const { cluster } = this.scheduler;
    const gone = cluster.removeZone(zone).filter(({ set }) => !sets[set]!.perNode);
    this.pendingVolumeZone.push(...gone.filter((pod) => cluster.zoneOf(pod) === zone));
    const bySet = new Map<number, Pod[]>();
    for (const pod of gone.filter((one) => cluster.zoneOf(one) !== zone)) {
      bySet.set(pod.set, [...(bySet.get(pod.set) ?? []), pod]);
    }
    // what had no place before has none now; a DaemonSet no longer wants one on a node that is gone
    this.unschedulable = this.unschedulable.filter(({ pod }) => !sets[pod.set]!.perNode || !cluster.lost[pod.ordinal]);
    this.schedule([...bySet].map(([index, pods]) => ({ set: sets[index]!, index, round: 0, pods })));
  }

  private entries([index, from, to]: Range): Entry[] {
    const set = this.universe.sets[index]!;
    const pods = set.perNode ? this.onEachNode(index) : numbered(index, from, to);
    if (set.ordered) {
      return pods.map((pod) => ({ set, index, round: pod.ordinal, pods: [pod] }));
    }
    // runs of a CronJob come when everything else is there
    return [{ set, index, round: set.kind === 'CronJob' ? Number.POSITIVE_INFINITY : 0, pods }];
  }

  private onEachNode(index: number): Pod[] {
    const { cluster } = this.scheduler;
    const { accepts, tolerates } = cluster.admission(index);
    return cluster.nodes.all.flatMap((_: CapacityNode, node) =>
      accepts[node] && tolerates[node] && !cluster.lost[node] ? [{ set: index, ordinal: node }] : [],
    );
  }

  private schedule(entries: readonly Entry[]): void {
    const queue = [...entries].sort(
      (a, b) =>
        b.set.priority - a.set.priority ||
        (a.round < b.round ? -1 : a.round > b.round ? 1 : 0) ||
        this.order.compare(a, b),
    );
    const displaced: Pod[] = [];
    const without = new Set(this.pendingPredecessor.map(({ set }) => set));
    for (const { set, pods } of queue) {
      for (let i = 0; i < pods.length; i++) {
        const pod = pods[i]!;
        if (without.has(pod.set)) {
          this.pendingPredecessor.push(pod);
          continue;
        }
        const failed = this.place(pod, displaced);
        if (failed && set.ordered) {
          without.add(pod.set);
        }
        if (failed && !set.perNode && !set.volumes.kept) {
          // the next ones are equal, and nothing has changed
          for (const other of pods.slice(i + 1)) {
            this.unschedulable.push({ pod: other, because: failed });
          }
          break;
        }
      }
    }
    this.again(displaced);
    this.reconsider();
  }

  /** Who waits for other pods, to be near to them or evenly spread with them, is tried again as long as that helps. */
  private reconsider(): void {
    const hopeful = this.unschedulable.filter(({ because }) =>
      because.some((reason) => reason === 'spread' || reason === 'affinity'),
    );
    if (hopeful.length === 0) {
      return;
    }
    const before = this.unschedulable.length;
    this.unschedulable = this.unschedulable.filter((one) => !hopeful.includes(one));
    this.again(hopeful.map(({ pod }) => pod));
    if (this.unschedulable.length < before) {
      this.reconsider();
    }
  }

  /** Those who had to go look for another place; whom they displace in turn does too. */
  private again(displaced: readonly Pod[]): void {
    const { sets } = this.universe;
    let waiting = [...displaced];
    while (waiting.length > 0) {
      const next: Pod[] = [];
      for (const pod of waiting.sort((a, b) => sets[b.set]!.priority - sets[a.set]!.priority)) {
        this.place(pod, next);
      }
      waiting = next;
    }
  }

  /** Why a pod has no place; undefined when it has one. */
  private place(pod: Pod, displaced: Pod[]): readonly Reason[] | undefined {
    const result = this.scheduler.place(pod, this.universe.sets[pod.set]!.perNode ? pod.ordinal : undefined);
    if (result.node === undefined) {
      this.unschedulable.push({ pod, because: result.because });
      return result.because;
    }
    displaced.push(...result.displaced);
    return undefined;
  }
}

function numbered(set: number, from: number, to: number): Pod[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => ({ set, ordinal: from + i }));
}
