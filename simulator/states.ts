import type { Amounts } from './allocatable';
import { type KnownGroup, Nodes, nodesOf } from './nodes';
import { type Pod, Pods } from './pods';
import {
  type CapacityNodes,
  type CapacityState,
  RESOURCES,
  type StateCapacity,
  Total,
  type UnplacedPods,
  type WaitingPods,
} from './report';
import { ORDERS, Simulation, type SimulationResult, type Universe, type Unschedulable } from './simulate';
import type { Reason, SimulatedCluster } from './simulated-cluster';
import { type Addresses, type ZoneAddresses, zoneAddresses } from './subnet-addresses';

/** The states that are judged, in the order of the table. */
export const REPORTED_STATES: readonly (readonly [CapacityState, readonly CapacityNodes[]])[] = [
  ['as applied', ['minimum', 'desired', 'maximum']],
  ['everything rolling', ['desired', 'maximum']],
  ['autoscalers at maximum', ['desired', 'maximum']],
  ['one zone lost', ['desired', 'maximum']],
];

const SIZE = { minimum: 'minSize', desired: 'desiredCapacity', maximum: 'maxSize' } as const;

/** Gives verdicts, and simulates each number of nodes once for all of them. */
export class StateReports {
  private readonly levels = new Map<string, Level>();
  /** The most that any pod of the app asks for, in each resource. */
  private readonly largest: Amounts;

  constructor(
    private readonly universe: Universe,
    private readonly groups: readonly KnownGroup[],
    private readonly addresses: Addresses | undefined,
    /** Whether there are groups of which nobody knows what their nodes have. */
    private readonly more: boolean,
  ) {
    const sets = universe.app.map((index) => universe.sets[index]!).filter(({ perNode }) => !perNode);
    // sets that ask for the same have one object of it
    const asks = [...new Set(sets.map((set) => set.asks))];
    this.largest = Object.fromEntries(
      RESOURCES.map((name) => [name, asks.reduce((most, one) => Math.max(most, one[name]), 0)]),
    ) as unknown as Amounts;
  }

  verdict(state: CapacityState, nodes: CapacityNodes): StateCapacity {
    const level = this.level(nodes);
    const judged: Judged[] = [];
    for (const [order] of ORDERS.entries()) {
      judged.push(this.worst(state, level.simulation(order)));
      // with room to spare every order does, and with too little none
      const { result, waiting, roomy } = judged[0]!;
      if (roomy || isShort(amountsOf(this.universe, result, waiting))) {
        break;
      }
    }
    const failing = judged.filter(({ unplaced }) => unplaced.length > 0);
    const { result, unplaced, waiting, addresses } = failing[0] ?? judged[0]!;
    const { asked, available } = amountsOf(this.universe, result, waiting);
    return {
      state,
      nodes,
      nodeCount: level.nodes.all.length,
      verdict:
        failing.length === 0
          ? 'fits'
          : this.more
            ? 'unknown'
            : failing.length < judged.length
              ? 'tight'
              : 'does not fit',
      unplaced,
      waiting,
      asked,
      available,
      bottleneck: bottleneckOf(asked, available),
      addresses,
      zone: result.zone,
    };
  }

  private level(nodes: CapacityNodes): Level {
    const key = this.groups.map(({ nodeGroup }) => nodeGroup[SIZE[nodes]]).join();
    const known = this.levels.get(key);
    if (known) {
      return known;
    }
    const level = new Level(this.universe, new Nodes(nodesOf(this.groups, (nodeGroup) => nodeGroup[SIZE[nodes]])));
    this.levels.set(key, level);
    return level;
  }

  private worst(state: CapacityState, simulation: Simulation): Judged {
    const before = new Set<string>();
    for (const { pods } of state === 'as applied' ? NOBODY : simulation.asApplied().unschedulable) {
      if (this.universe.sets[pods.set]!.job) {
        for (let i = 0; i < pods.length; i++) {
          before.add(podKey(pods.at(i)));
        }
      }
    }
    const judge = (result: SimulationResult) => this.judge(state, result, before);
    switch (state) {
      case 'as applied':
        return judge(simulation.asApplied());
      case 'everything rolling':
        return judge(simulation.rolling());
      case 'autoscalers at maximum':
        return judge(simulation.autoscaled());
      case 'one zone lost': {
        const zones = simulation.zonesLost().map(judge);
        const count = ({ unplaced }: Judged) => unplaced.reduce((sum, { pods }) => sum + pods, 0);
        return zones.length === 0
          ? judge(simulation.asApplied())
          : zones.reduce((worst, one) => (count(one) > count(worst) ? one : worst));
      }
    }
  }

  private judge(state: CapacityState, result: SimulationResult, before: ReadonlySet<string>): Judged {
    const { sets } = this.universe;
    const { unschedulable, pendingPredecessor, pendingVolumeZone, cluster } = result;
    const failing: Unschedulable[] = [];
    const patient: Pods[] = [];
    for (const one of unschedulable) {
      const { pods, because } = one;
      if (state === 'as applied' || !sets[pods.set]!.job) {
        failing.push(one);
        continue;
      }
      for (let i = 0; i < pods.length; i++) {
        const pod = pods.at(i);
        // a Job that has a place at other times waits for it; one that never has does not fit
        if (before.has(podKey(pod))) {
          failing.push({ pods: Pods.of(pod), because });
        } else {
          patient.push(Pods.of(pod));
        }
      }
    }
    const addresses = this.addresses ? zoneAddresses(cluster, this.addresses) : [];
    const unplaced = [...this.unplaced(failing), ...addresses.flatMap(withoutAddress)];
    return {
      result,
      unplaced,
      roomy: unplaced.length === 0 && isRoomy(cluster, this.largest),
      waiting: [
        ...this.waiting(pendingVolumeZone.map(Pods.of), 'their zone'),
        ...this.waiting(pendingPredecessor.map(Pods.of), 'the member before'),
        ...this.waiting(patient, 'room'),
      ],
      addresses: addresses.sort((a, b) => b.used / b.available - a.used / a.available)[0],
    };
  }

  private unplaced(unschedulable: readonly Unschedulable[]): UnplacedPods[] {
    const reasons = new Map<string, readonly Reason[]>();
    const counts = new Map<number, number>();
    for (const { pods, because } of unschedulable) {
      const before = counts.get(pods.set);
      counts.set(pods.set, (before ?? 0) + pods.length);
      const workload = before === undefined ? this.universe.sets[pods.set]!.workload : undefined;
      if (workload !== undefined && !reasons.has(workload)) {
        reasons.set(workload, because);
      }
    }
    return this.byWorkload(counts).map(({ workload, kind, pods }) => ({
      workload,
      kind,
      pods,
      because: reasons.get(workload)!,
    }));
  }

  private waiting(all: readonly Pods[], what: WaitingPods['for']): WaitingPods[] {
    const counts = new Map<number, number>();
    for (const { set, length } of all) {
      counts.set(set, (counts.get(set) ?? 0) + length);
    }
    return this.byWorkload(counts).map((one) => ({ ...one, for: what }));
  }

  /** Numbers of pods of sets, by workload in the order of their names. */
  private byWorkload(counts: ReadonlyMap<number, number>): { workload: string; kind: string; pods: number }[] {
    const found = new Map<string, { workload: string; kind: string; pods: number }>();
    for (const [set, pods] of counts) {
      const { workload, kind } = this.universe.sets[set]!;
      const key = `${workload} ${kind}`;
      const known = found.get(key);
      if (known) {
        known.pods += pods;
      } else {
        found.set(key, { workload, kind, pods });
      }
    }
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  }
}

/** One number of nodes, simulated in the orders that are asked for. */
class Level {
  private readonly simulations: Simulation[] = [];

  constructor(
    private readonly universe: Universe,
    readonly nodes: Nodes,
  ) {}

  simulation(order: number): Simulation {
    this.simulations[order] ??= new Simulation(this.universe, this.nodes, ORDERS[order]!);
    return this.simulations[order];
  }
}

/** Whether every group has room in each of its zones for the largest pod: then no order of the pods leaves one without a place. */
function isRoomy(cluster: SimulatedCluster, largest: Amounts): boolean {
  const roomy = new Map<string, boolean>();
  cluster.nodes.all.forEach(({ group, zone, has }, node) => {
    if (!cluster.lost[node]) {
      const used = usedOn(cluster, node);
      const room = RESOURCES.every((name) => used[name] + largest[name] <= has[name]);
      roomy.set(`${group} ${zone}`, room || (roomy.get(`${group} ${zone}`) ?? false));
    }
  });
  return [...roomy.values()].every(Boolean);
}

interface Judged {
  /** Whether other orders need not be tried. */
  readonly roomy: boolean;
  readonly result: SimulationResult;
  readonly unplaced: readonly UnplacedPods[];
  readonly waiting: readonly WaitingPods[];
  readonly addresses: ZoneAddresses | undefined;
}

const NOBODY: readonly Unschedulable[] = [];
const podKey = ({ set, ordinal }: Pod): string => `${set}/${ordinal}`;

function withoutAddress({ zone, used, available }: ZoneAddresses): UnplacedPods[] {
  return used > available
    ? [{ workload: `the subnet of ${zone}`, kind: 'Subnet', pods: used - available, because: ['addresses'] }]
    : [];
}

/** Those that wait for their zone ask for nothing: no node here could take them. */
function amountsOf(
  { sets }: Universe,
  { cluster, unschedulable, pendingPredecessor }: SimulationResult,
  waiting: readonly WaitingPods[],
): { asked: Amounts; available: Amounts } {
  const forRoom = new Set<string>();
  for (const one of waiting) {
    if (one.for === 'room') {
      forRoom.add(one.workload);
    }
  }
  const asked = new Total();
  const available = new Total();
  cluster.nodes.all.forEach(({ has }, node) => {
    asked.add(usedOn(cluster, node));
    available.add(has, cluster.lost[node] ? 0 : 1);
  });
  for (const { pods } of unschedulable) {
    const { workload, asks } = sets[pods.set]!;
    if (forRoom.size === 0 || !forRoom.has(workload)) {
      asked.add(asks, pods.length);
    }
  }
  for (const { set } of pendingPredecessor) {
    asked.add(sets[set]!.asks);
  }
  return { asked: asked.amounts(), available: available.amounts() };
}

function usedOn(cluster: SimulatedCluster, node: number): Amounts {
  return {
    cpu: cluster.cpu[node]!,
    memory: cluster.memory[node]!,
    pods: cluster.pods[node]!,
    ephemeralStorage: cluster.ephemeralStorage[node]!,
    volumes: cluster.volumes[node]!,
    gpus: cluster.gpus[node]!,
    branchInterfaces: cluster.branchInterfaces[node]!,
  };
}

function isShort({ asked, available }: { readonly asked: Amounts; readonly available: Amounts }): boolean {
  return RESOURCES.some((name) => asked[name] > available[name]);
}

function bottleneckOf(asked: Amounts, available: Amounts): keyof Amounts | undefined {
  const share = (name: keyof Amounts) => (asked[name] === 0 ? 0 : asked[name] / available[name]);
  const most = RESOURCES.reduce((best, name) => (share(name) > share(best) ? name : best));
  return share(most) > 0 ? most : undefined;
}
