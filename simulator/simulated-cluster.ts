import { ZONE } from '../eks/node-labels';
import { entryOf } from '../kube/collections';
import type { Admission, Nodes } from './nodes';
import type { PodSet } from './pod-sets';
import type { Pod } from './pods';
import type { RelationTable } from './relations';

/** Why a node does not take a pod. */
export type Reason =
  | 'cpu'
  | 'memory'
  | 'pods'
  | 'ephemeral storage'
  | 'volumes'
  | 'GPUs'
  | 'branch interfaces'
  | 'host ports'
  | 'node selector'
  | 'taints'
  | 'zone of its volume'
  | 'spread'
  | 'affinity'
  | 'addresses';

/** Sets of pods with what each wants of the others. */
export interface Demand {
  readonly sets: readonly PodSet[];
  readonly relations: RelationTable;
  /** A number for each set, the same for those whose pods want the same of a node. */
  readonly constraintClasses: readonly number[];
  /**
   * A number for each set, the same for pods that no node tells apart, so that what refuses one refuses the others;
   * undefined for pods that depend on volumes and ports that others use.
   */
  readonly likenesses: readonly (number | undefined)[];
}

/** Which pods run where. A pod is placed by the scheduler, which asks here what is there. */
export class SimulatedCluster {
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  readonly ephemeralStorage: Float64Array;
  readonly pods: Int32Array;
  readonly volumes: Int32Array;
  readonly gpus: Int32Array;
  readonly branchInterfaces: Int32Array;
  /** What counts for the scheduler's scores: a pod that asks for nothing counts as a small one. */
  readonly scoredCpu: Float64Array;
  readonly scoredMemory: Float64Array;
  readonly lost: Uint8Array;
  /** Of each node, in the order in which they came. */
  readonly on: Pod[][];
  private readonly counts: Counts;
  private readonly zones: Map<string, string>;
  /** Of nodes that have any. */
  private readonly claims: Map<number, Map<string, number>>;
  private readonly ports: Map<number, Set<string>>;
  /** How often anything has changed. */
  changes = 0;

  constructor(
    readonly nodes: Nodes,
    readonly demand: Demand,
    from?: SimulatedCluster,
  ) {
    const size = nodes.all.length;
    this.cpu = from ? from.cpu.slice() : new Float64Array(size);
    this.memory = from ? from.memory.slice() : new Float64Array(size);
    this.ephemeralStorage = from ? from.ephemeralStorage.slice() : new Float64Array(size);
    this.pods = from ? from.pods.slice() : new Int32Array(size);
    this.volumes = from ? from.volumes.slice() : new Int32Array(size);
    this.gpus = from ? from.gpus.slice() : new Int32Array(size);
    this.branchInterfaces = from ? from.branchInterfaces.slice() : new Int32Array(size);
    this.scoredCpu = from ? from.scoredCpu.slice() : new Float64Array(size);
    this.scoredMemory = from ? from.scoredMemory.slice() : new Float64Array(size);
    this.lost = from ? from.lost.slice() : new Uint8Array(size);
    this.on = from ? from.on.map((pods) => pods.slice()) : nodes.all.map(() => []);
    this.counts = new Counts(nodes, from?.counts);
    this.zones = new Map(from?.zones);
    this.claims = new Map([...(from?.claims ?? [])].map(([node, claims]) => [node, new Map(claims)]));
    this.ports = new Map([...(from?.ports ?? [])].map(([node, ports]) => [node, new Set(ports)]));
  }

  /** Another one that begins as this one. */
  fork(): SimulatedCluster {
    return new SimulatedCluster(this.nodes, this.demand, this);
  }

  admission(set: number): Admission {
    return this.nodes.admission(this.demand.constraintClasses[set]!, this.demand.sets[set]!.spec);
  }

  /** How many pods of a set are on each node; undefined for none. */
  countsOf(set: number): Int32Array | undefined {
    return this.counts.onNodes(set);
  }

  /** How many pods of a set are in each zone; undefined for none. */
  zoneCountsOf(set: number): Int32Array | undefined {
    return this.counts.inZones(set);
  }

  /** The zone of a pod's volumes, once they have one. */
  zoneOf(pod: Pod): string | undefined {
    const { volumes, workload } = this.demand.sets[pod.set]!;
    const own = volumes.kept ? this.zones.get(`${workload}-${pod.ordinal}`) : undefined;
    const shared = volumes.shared.find((claim) => this.zones.has(claim));
    return own ?? (shared === undefined ? undefined : this.zones.get(shared));
  }

  /** Whether a node lacks nothing for a pod of a set. */
  hasRoom(node: number, set: number): boolean {
    const { asks, hostPorts, volumes } = this.demand.sets[set]!;
    const { has } = this.nodes.all[node]!;
    return (
      this.pods[node]! < has.pods &&
      (asks.cpu === 0 || this.cpu[node]! + asks.cpu <= has.cpu) &&
      (asks.memory === 0 || this.memory[node]! + asks.memory <= has.memory) &&
      (asks.ephemeralStorage === 0 || this.ephemeralStorage[node]! + asks.ephemeralStorage <= has.ephemeralStorage) &&
      ((asks.gpus === 0 &&
        asks.branchInterfaces === 0 &&
        volumes.own === 0 &&
        volumes.shared.length === 0 &&
        hostPorts.length === 0) ||
        this.lacks(node, set).length === 0)
    );
  }

  /** What a node lacks for a pod of a set, if the node had these amounts less in use. */
  lacks(node: number, set: number, freed: Freed = NOTHING_FREED): Reason[] {
    const { asks, hostPorts, volumes } = this.demand.sets[set]!;
    const { has } = this.nodes.all[node]!;
    // what a pod does not ask for it does not lack, however full the node is
    const over = (used: number, freedUsed: number, asked: number, all: number) =>
      asked > 0 && used - freedUsed + asked > all;
    const claims = this.claims.get(node);
    const ports = this.ports.get(node);
    const more = volumes.own + volumes.shared.filter((claim) => !claims?.has(claim)).length;
    const lacking: Reason[] = [];
    const tell = (reason: Reason, is: boolean) => is && lacking.push(reason);
    tell('pods', over(this.pods[node]!, freed.pods, 1, has.pods));
    tell('cpu', over(this.cpu[node]!, freed.cpu, asks.cpu, has.cpu));
    tell('memory', over(this.memory[node]!, freed.memory, asks.memory, has.memory));
    const disk = this.ephemeralStorage[node]!;
    tell('ephemeral storage', over(disk, freed.ephemeralStorage, asks.ephemeralStorage, has.ephemeralStorage));
    tell('GPUs', over(this.gpus[node]!, freed.gpus, asks.gpus, has.gpus));
    const branches = this.branchInterfaces[node]!;
    tell('branch interfaces', over(branches, freed.branchInterfaces, asks.branchInterfaces, has.branchInterfaces));
    tell('volumes', over(this.volumes[node]!, freed.volumes, more, has.volumes));
    tell(
      'host ports',
      hostPorts.some((port) => ports?.has(port) && !freed.ports.has(port)),
    );
    return lacking;
  }

  add(pod: Pod, node: number): void {
    this.change(pod, node, 1);
    this.demand.relations.place(pod.set);
    this.on[node]!.push(pod);
    const { volumes, workload } = this.demand.sets[pod.set]!;
    const { zone } = this.nodes.all[node]!;
    if (volumes.kept) {
      this.zones.set(`${workload}-${pod.ordinal}`, zone);
    }
    for (const claim of volumes.shared) {
      this.zones.set(claim, this.zones.get(claim) ?? zone);
    }
  }

  /** Takes a pod away; the zone of its volumes stays. */
  remove(pod: Pod, node: number): void {
    this.change(pod, node, -1);
    this.on[node]!.splice(this.on[node]!.indexOf(pod), 1);
  }

  /** Takes the nodes of a zone away, and tells what ran on them. */
  removeZone(zone: string): Pod[] {
    const gone: Pod[] = [];
    this.changes++;
    this.nodes.all.forEach((node, n) => {
      if (node.zone === zone) {
        this.lost[n] = 1;
        for (const pod of [...this.on[n]!]) {
          this.remove(pod, n);
          gone.push(pod);
        }
      }
    });
    return gone;
  }

  private change(pod: Pod, node: number, sign: 1 | -1): void {
    this.changes++;
    const { asks, hostPorts, volumes } = this.demand.sets[pod.set]!;
    this.cpu[node]! += sign * asks.cpu;
    this.memory[node]! += sign * asks.memory;
    this.ephemeralStorage[node]! += sign * asks.ephemeralStorage;
    this.pods[node]! += sign;
    this.gpus[node]! += sign * asks.gpus;
    this.branchInterfaces[node]! += sign * asks.branchInterfaces;
    this.scoredCpu[node]! += sign * scoredCpu(asks.cpu);
    this.scoredMemory[node]! += sign * scoredMemory(asks.memory);
    this.volumes[node]! += sign * volumes.own;
    this.counts.add(pod.set, node, sign);
    for (const claim of volumes.shared) {
      const claims = entryOf(this.claims, node, () => new Map<string, number>());
      const users = (claims.get(claim) ?? 0) + sign;
      this.volumes[node]! += users === 0 ? -1 : users === 1 && sign === 1 ? 1 : 0;
      if (users === 0) {
        claims.delete(claim);
      } else {
        claims.set(claim, users);
      }
    }
    for (const port of hostPorts) {
      const ports = entryOf(this.ports, node, () => new Set<string>());
      if (sign === 1) {
        ports.add(port);
      } else {
        ports.delete(port);
      }
    }
  }
}

/** Numbers of pods by set, on nodes and in zones; a copy shares what it has not changed. */
class Counts {
  private readonly nodeCounts: (Int32Array | undefined)[];
  private readonly zoneCounts: (Int32Array | undefined)[];
  private readonly own = new Set<number>();

  constructor(
    private readonly nodes: Nodes,
    from: Counts | undefined,
  ) {
    this.nodeCounts = from ? [...from.nodeCounts] : [];
    this.zoneCounts = from ? [...from.zoneCounts] : [];
    // from now on both share, so neither may write
    from?.own.clear();
  }

  onNodes(set: number): Int32Array | undefined {
    return this.nodeCounts[set];
  }

  inZones(set: number): Int32Array | undefined {
    return this.zoneCounts[set];
  }

  add(set: number, node: number, more: number): void {
    const { domainOf, count } = this.nodes.topology(ZONE);
    if (!this.own.has(set)) {
      this.nodeCounts[set] = this.nodeCounts[set]?.slice() ?? new Int32Array(this.nodes.all.length);
      this.zoneCounts[set] = this.zoneCounts[set]?.slice() ?? new Int32Array(count);
      this.own.add(set);
    }
    this.nodeCounts[set]![node]! += more;
    this.zoneCounts[set]![domainOf[node]!]! += more;
  }
}

/** Amounts and ports that would become free. */
export interface Freed {
  readonly cpu: number;
  readonly memory: number;
  readonly pods: number;
  readonly ephemeralStorage: number;
  readonly volumes: number;
  readonly gpus: number;
  readonly branchInterfaces: number;
  readonly ports: ReadonlySet<string>;
}
const NOTHING_FREED: Freed = {
  cpu: 0,
  memory: 0,
  pods: 0,
  ephemeralStorage: 0,
  volumes: 0,
  gpus: 0,
  branchInterfaces: 0,
  ports: new Set(),
};

/** What the scheduler takes a pod for that asks for nothing: 100m and 200 Mi. */
export const scoredCpu = (cpu: number): number => (cpu === 0 ? 100 : cpu);
export const scoredMemory = (memory: number): number => (memory === 0 ? 200 : memory);

/** The zones of the nodes. */
export function zonesIn(nodes: Nodes): string[] {
  return [...new Set(nodes.all.map(({ zone }) => zone))];
}
