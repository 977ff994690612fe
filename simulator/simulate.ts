import { addTo } from '../kube/collections';
import type { Nodes } from './nodes';
import type { PodSet } from './pod-sets';
import { type Pod, Pods } from './pods';
import { Scheduler, type Tie } from './scheduler';
import { type Demand, type Reason, SimulatedCluster, zonesIn } from './simulated-cluster';

/** Pods of one set that found no place. */
export interface Unschedulable {
  /** Of a DaemonSet one pod. */
  readonly pods: Pods;
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
  readonly pods: Pods;
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
    const entries: Entry[] = [];
    for (const range of ranges) {
      this.addEntries(range, entries);
    }
    this.schedule(entries);
  }

  removeZone(zone: string): void {
    const { sets } = this.universe;
    const { cluster } = this.scheduler;
    const gone = cluster.removeZone(zone).filter(({ set }) => !sets[set]!.perNode);
    this.pendingVolumeZone.push(...gone.filter((pod) => cluster.zoneOf(pod) === zone));
    const bySet = new Map<number, number[]>();
    for (const pod of gone) {
      if (cluster.zoneOf(pod) !== zone) {
        addTo(bySet, pod.set, pod.ordinal);
      }
    }
    // what had no place before has none now; a DaemonSet no longer wants one on a node that is gone
    this.unschedulable = this.unschedulable.filter(
      ({ pods }) => !sets[pods.set]!.perNode || !cluster.lost[pods.ordinal(0)],
    );
    const entries: Entry[] = [];
    for (const [index, ordinals] of bySet) {
      entries.push({ set: sets[index]!, index, round: 0, pods: new Pods(index, ordinals.length, ordinals) });
    }
    this.schedule(entries);
  }

  private addEntries([index, from, to]: Range, entries: Entry[]): void {
    const set = this.universe.sets[index]!;
    const pods = set.perNode ? this.onEachNode(index) : new Pods(index, Math.max(0, to - from), from);
    if (set.ordered) {
      for (let i = 0; i < pods.length; i++) {
        const pod = pods.at(i);
        entries.push({ set, index, round: pod.ordinal, pods: Pods.of(pod) });
      }
      return;
    }
    // runs of a CronJob come when everything else is there
    entries.push({ set, index, round: set.kind === 'CronJob' ? Number.POSITIVE_INFINITY : 0, pods });
  }

  private onEachNode(index: number): Pods {
    const { cluster } = this.scheduler;
    const { accepts, tolerates } = cluster.admission(index);
    const found: number[] = [];
    for (let node = 0; node < cluster.nodes.all.length; node++) {
      if (accepts[node] && tolerates[node] && !cluster.lost[node]) {
        found.push(node);
      }
    }
    return new Pods(index, found.length, found);
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
    for (const { set, index, pods } of queue) {
      const known = set.perNode || set.ordered || pods.length === 0 ? undefined : this.scheduler.refusalOf(index);
      if (known !== undefined) {
        // of many sets without a place nobody asks for a single pod
        this.unschedulable.push({ pods, because: known });
        continue;
      }
      for (let i = 0; i < pods.length; i++) {
        const pod = pods.at(i);
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
          this.unschedulable.push({ pods: pods.from(i), because: failed });
          break;
        }
        if (failed) {
          this.unschedulable.push({ pods: Pods.of(pod), because: failed });
        }
      }
    }
    this.again(displaced);
    this.reconsider();
  }

  /** Who waits for other pods, to be near to them or evenly spread with them, is tried again as long as that helps. */
  private reconsider(): void {
    const hopeful: Pod[] = [];
    const others: Unschedulable[] = [];
    for (const one of this.unschedulable) {
      const { pods, because } = one;
      if (!because.includes('spread') && !because.includes('affinity')) {
        others.push(one);
        continue;
      }
      for (let i = 0; i < pods.length; i++) {
        hopeful.push(pods.at(i));
      }
    }
    if (hopeful.length === 0) {
      return;
    }
    this.unschedulable = others;
    const before = numberOf(others) + hopeful.length;
    this.again(hopeful);
    if (numberOf(this.unschedulable) < before) {
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
        const failed = this.place(pod, next);
        if (failed) {
          this.unschedulable.push({ pods: Pods.of(pod), because: failed });
        }
      }
      waiting = next;
    }
  }

  /** Why a pod has no place; undefined when it has one. */
  private place(pod: Pod, displaced: Pod[]): readonly Reason[] | undefined {
    const result = this.scheduler.place(pod, this.universe.sets[pod.set]!.perNode ? pod.ordinal : undefined);
    if (result.node === undefined) {
      return result.because;
    }
    displaced.push(...result.displaced);
    return undefined;
  }
}

const numberOf = (all: readonly Unschedulable[]): number => all.reduce((sum, { pods }) => sum + pods.length, 0);
