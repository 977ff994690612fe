import type { Amounts } from './allocatable';
import { type KnownGroup, Nodes, nodesOf } from './nodes';
import {
  type CapacityNodes,
  type CapacityState,
  NO_AMOUNTS,
  plus,
  RESOURCES,
  type StateCapacity,
  type UnplacedPods,
  type WaitingPods,
} from './report';
import { ORDERS, Simulation, type SimulationResult, type Universe } from './simulate';
import type { Pod, Reason, SimulatedCluster } from './simulated-cluster';
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
    const asks = universe.app.map((index) => universe.sets[index]!).filter(({ perNode }) => !perNode);
    this.largest = Object.fromEntries(
      RESOURCES.map((name) => [name, asks.reduce((most, set) => Math.max(most, set.asks[name]), 0)]),
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
    const before = new Set(
      state === 'as applied' ? [] : simulation.asApplied().unschedulable.map(({ pod }) => podKey(pod)),
    );
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
    // a Job that has a place at other times waits for it; one that never has does not fit
    const patient = ({ pod }: { readonly pod: Pod }) =>
      state !== 'as applied' && sets[pod.set]!.job && !before.has(podKey(pod));
    const addresses = this.addresses ? zoneAddresses(cluster, this.addresses) : [];
    const unplaced = [
      ...this.unplaced(unschedulable.filter((one) => !patient(one))),
      ...addresses.flatMap(withoutAddress),
    ];
    return {
      result,
      unplaced,
      roomy: unplaced.length === 0 && isRoomy(cluster, this.largest),
      waiting: [
        ...this.waiting(pendingVolumeZone, 'their zone'),
        ...this.waiting(pendingPredecessor, 'the member before'),
        ...this.waiting(
          unschedulable.filter(patient).map(({ pod }) => pod),
          'room',
        ),
      ],
      addresses: addresses.sort((a, b) => b.used / b.available - a.used / a.available)[0],
    };
  }

  private unplaced(unschedulable: SimulationResult['unschedulable']): UnplacedPods[] {
    const reasons = new Map<string, readonly Reason[]>();
    const pods = unschedulable.map(({ pod, because }) => {
      const { workload } = this.universe.sets[pod.set]!;
      reasons.set(workload, reasons.get(workload) ?? because);
      return pod;
    });
    return this.counted(pods).map((one) => ({ ...one, because: reasons.get(one.workload)! }));
  }

  private waiting(pods: readonly Pod[], what: WaitingPods['for']): WaitingPods[] {
    return this.counted(pods).map((one) => ({ ...one, for: what }));
  }

  /** By workload, in the order of their names. */
  private counted(pods: readonly Pod[]): { workload: string; kind: string; pods: number }[] {
    const found = new Map<string, { workload: string; kind: string; pods: number }>();
    for (const { set } of pods) {
      const { workload, kind } = this.universe.sets[set]!;
      const key = `${workload} ${kind}`;
      found.set(key, { workload, kind, pods: (found.get(key)?.pods ?? 0) + 1 });
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
  const forRoom = new Set(waiting.filter((one) => one.for === 'room').map(({ workload }) => workload));
  const missing = unschedulable.filter(({ pod }) => !forRoom.has(sets[pod.set]!.workload));
  const placed = cluster.nodes.all.map((_, node) => usedOn(cluster, node)).reduce((a, b) => plus(a, b), NO_AMOUNTS);
  return {
    asked: [...missing.map(({ pod }) => pod), ...pendingPredecessor].reduce(
      (sum, { set }) => plus(sum, sets[set]!.asks),
      placed,
    ),
    available: cluster.nodes.all.reduce((sum, { has }, node) => plus(sum, has, cluster.lost[node] ? 0 : 1), NO_AMOUNTS),
  };
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
