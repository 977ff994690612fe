import type { Pod } from './pods';
import { type Displacement, displace } from './preemption';
import { addPreferenceScores, addResourceScores } from './scores';
import type { Reason, SimulatedCluster } from './simulated-cluster';
import { addNearnessScores, addSpreadScores, hardSpreadFilter, nearnessFilter } from './spread';

/** How many suitable nodes the scheduler looks at before it chooses, of a large cluster. */
const ENOUGH = 100;

/** What became of a pod. */
export type SchedulingResult =
  | { readonly node: number; readonly displaced: readonly Pod[] }
  | { readonly node: undefined; readonly because: readonly Reason[] };

/** Of nodes with the same score the first or the last: the scheduler throws dice. */
export type Tie = 'first' | 'last';

/** Does to a pod what kube-scheduler does: filters nodes, scores what is left, and else displaces what has less priority. */
export class Scheduler {
  /** Where it begins to look, which moves on from pod to pod. */
  private start = 0;
  /** Why pods of each likeness have no place, since the cluster changed last. */
  private readonly refused = new Map<number, readonly Reason[]>();
  private refusedAt = 0;

  constructor(
    readonly cluster: SimulatedCluster,
    private readonly tie: Tie,
  ) {}

  fork(): Scheduler {
    const copy = new Scheduler(this.cluster.fork(), this.tie);
    copy.start = this.start;
    return copy;
  }

  /** Places a pod; that of a DaemonSet on its node alone. */
  place(pod: Pod, only?: number): SchedulingResult {
    const because = only === undefined ? this.refusalOf(pod.set) : undefined;
    if (because) {
      return { node: undefined, because };
    }
    const result = this.tryToPlace(pod, only);
    if (result.node === undefined && only === undefined) {
      const likeness = this.likenessOf(pod.set);
      if (likeness !== undefined) {
        this.refused.set(likeness, result.because);
      }
    }
    return result;
  }

  /** Why pods of a set have no place, where it is known by others like them. */
  refusalOf(set: number): readonly Reason[] | undefined {
    const { changes } = this.cluster;
    if (this.refusedAt !== changes) {
      this.refused.clear();
      this.refusedAt = changes;
    }
    const likeness = this.refused.size === 0 ? undefined : this.likenessOf(set);
    return likeness === undefined ? undefined : this.refused.get(likeness);
  }

  /** The same for pods that no node tells apart; undefined for pods that depend on others. */
  private likenessOf(set: number): number | undefined {
    const { likenesses, relations } = this.cluster.demand;
    const likeness = likenesses[set];
    return likeness === undefined || relations.isBound(set) ? undefined : likeness;
  }

  private tryToPlace(pod: Pod, only: number | undefined): SchedulingResult {
    const { cluster } = this;
    const accepts = this.filter(pod, only);
    const node =
      only === undefined
        ? this.best(pod, this.search(pod, accepts))
        : fits(cluster, pod, only, accepts)
          ? only
          : undefined;
    if (node !== undefined) {
      cluster.add(pod, node);
      return { node, displaced: [] };
    }
    const displacement: Displacement | undefined = displace(
      cluster,
      pod,
      (candidate) => accepts(candidate) === undefined,
    );
    if (displacement) {
      for (const victim of displacement.victims) {
        cluster.remove(victim, displacement.node);
      }
      cluster.add(pod, displacement.node);
      return { node: displacement.node, displaced: displacement.victims };
    }
    return { node: undefined, because: this.reasons(pod, accepts, only) };
  }

  /** Why a node does not accept a pod, room apart. */
  private filter(pod: Pod, only: number | undefined): (node: number) => Reason | undefined {
    const { cluster } = this;
    const { accepts, tolerates } = cluster.admission(pod.set);
    const zone = cluster.zoneOf(pod);
    const { relations } = cluster.demand;
    const isBound = relations.isBound(pod.set);
    const spreads = isBound ? relations.of(pod.set).hard.map((one) => hardSpreadFilter(cluster, pod.set, one)) : [];
    const near = isBound ? nearnessFilter(cluster, pod.set) : undefined;
    return (node) => {
      if (cluster.lost[node] || (only !== undefined && node !== only) || !accepts[node]) {
        return 'node selector';
      }
      if (!tolerates[node]) {
        return 'taints';
      }
      if (zone !== undefined && cluster.nodes.all[node]!.zone !== zone) {
        return 'zone of its volume';
      }
      if (!spreads.every((keeps) => keeps(node))) {
        return 'spread';
      }
      return near === undefined || near(node) ? undefined : 'affinity';
    };
  }

  private search(pod: Pod, accepts: (node: number) => Reason | undefined): Int32Array {
    const size = this.cluster.nodes.all.length;
    const found = new Int32Array(size);
    let count = 0;
    let looked = 0;
    // the scheduler stops at half of the nodes, or fewer in a very large cluster, but not before the hundredth
    const enough = Math.max(ENOUGH, Math.floor((size * Math.max(5, 50 - Math.floor(size / 125))) / 100));
    for (; looked < size && count < enough; looked++) {
      const node = (this.start + looked) % size;
      if (fits(this.cluster, pod, node, accepts)) {
        found[count++] = node;
      }
    }
    this.start = size === 0 ? 0 : (this.start + looked) % size;
    return found.subarray(0, count);
  }

  private best(pod: Pod, feasible: Int32Array): number | undefined {
    if (feasible.length < 2) {
      return feasible[0];
    }
    const scores = this.scores(pod, feasible);
    let best = 0;
    for (let i = 1; i < feasible.length; i++) {
      const lead = scores[i]! - scores[best]!;
      if (lead > 0 || (lead === 0 && feasible[i]! > feasible[best]! === (this.tie === 'last'))) {
        best = i;
      }
    }
    return feasible[best];
  }

  /** The sum of the default plugins' scores with their weights; images are nowhere yet. */
  private scores(pod: Pod, feasible: Int32Array): Float64Array {
    const { cluster } = this;
    const scores = new Float64Array(feasible.length);
    addSpreadScores(cluster, pod.set, feasible, scores, 2);
    addNearnessScores(cluster, pod.set, feasible, scores, 2);
    addPreferenceScores(cluster, pod.set, feasible, scores);
    addResourceScores(cluster, pod.set, feasible, scores);
    return scores;
  }

  /** What the nodes that could take the pod lack, the most frequent first; if none could, why. */
  private reasons(pod: Pod, accepts: (node: number) => Reason | undefined, only: number | undefined): Reason[] {
    const [lacking, refusing] = [new Map<Reason, number>(), new Map<Reason, number>()];
    const tell = (among: Map<Reason, number>, reason: Reason) => among.set(reason, (among.get(reason) ?? 0) + 1);
    this.cluster.nodes.all.forEach((_, node) => {
      if (this.cluster.lost[node] || (only !== undefined && node !== only)) {
        return;
      }
      const refused = accepts(node);
      if (refused) {
        tell(refusing, refused);
      } else {
        for (const reason of this.cluster.lacks(node, pod.set)) {
          tell(lacking, reason);
        }
      }
    });
    const sorted = (among: ReadonlyMap<Reason, number>) =>
      [...among].sort((a, b) => b[1] - a[1]).map(([reason]) => reason);
    return [...sorted(lacking), ...sorted(refusing)];
  }
}

function fits(
  cluster: SimulatedCluster,
  pod: Pod,
  node: number,
  accepts: (node: number) => Reason | undefined,
): boolean {
  return cluster.hasRoom(node, pod.set) && accepts(node) === undefined;
}
