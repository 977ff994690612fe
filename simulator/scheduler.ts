import type { Placement, Pod, Reason } from './placement';
import { type Displacement, displace } from './preemption';
import { addRoomScores, addWishScores } from './scores';
import { addNearnessScores, addSpreadScores, hardSpreadFilter, nearnessFilter } from './spread';

/** How many suitable nodes the scheduler looks at before it chooses, of a large cluster. */
const ENOUGH = 100;

/** What became of a pod. */
export type Outcome =
  | { readonly node: number; readonly displaced: readonly Pod[] }
  | { readonly node: undefined; readonly because: readonly Reason[] };

/** Of nodes with the same score the first or the last: the scheduler throws dice. */
export type Tie = 'first' | 'last';

/** Does to a pod what kube-scheduler does: filters nodes, scores what is left, and else displaces what has less priority. */
export class Scheduler {
  /** Where it begins to look, which moves on from pod to pod. */
  private start = 0;

  constructor(
    readonly placement: Placement,
    private readonly tie: Tie,
  ) {}

  fork(): Scheduler {
    const copy = new Scheduler(this.placement.fork(), this.tie);
    copy.start = this.start;
    return copy;
  }

  /** Places a pod; that of a DaemonSet on its node alone. */
  place(pod: Pod, only?: number): Outcome {
    const { placement } = this;
    const accepts = this.filter(pod, only);
    const node =
      only === undefined
        ? this.best(pod, this.search(pod, accepts))
        : fits(placement, pod, only, accepts)
          ? only
          : undefined;
    if (node !== undefined) {
      placement.add(pod, node);
      return { node, displaced: [] };
    }
    const displacement: Displacement | undefined = displace(
      placement,
      pod,
      (candidate) => accepts(candidate) === undefined,
    );
    if (displacement) {
      for (const victim of displacement.victims) {
        placement.remove(victim, displacement.node);
      }
      placement.add(pod, displacement.node);
      return { node: displacement.node, displaced: displacement.victims };
    }
    return { node: undefined, because: this.reasons(pod, accepts, only) };
  }

  /** Why a node does not accept a pod, room apart. */
  private filter(pod: Pod, only: number | undefined): (node: number) => Reason | undefined {
    const { placement } = this;
    const { accepts, tolerates } = placement.admission(pod.set);
    const zone = placement.zoneOf(pod);
    const spreads = placement.demand.relations[pod.set]!.hard.map((spread) =>
      hardSpreadFilter(placement, pod.set, spread),
    );
    const near = nearnessFilter(placement, pod.set);
    return (node) => {
      if (placement.lost[node] || (only !== undefined && node !== only) || !accepts[node]) {
        return 'node selector';
      }
      if (!tolerates[node]) {
        return 'taints';
      }
      if (zone !== undefined && placement.nodes.all[node]!.zone !== zone) {
        return 'zone of its volume';
      }
      if (!spreads.every((keeps) => keeps(node))) {
        return 'spread';
      }
      return near === undefined || near(node) ? undefined : 'affinity';
    };
  }

  private search(pod: Pod, accepts: (node: number) => Reason | undefined): Int32Array {
    const size = this.placement.nodes.all.length;
    const found = new Int32Array(size);
    let count = 0;
    let looked = 0;
    // the scheduler stops at half of the nodes, or fewer in a very large cluster, but not before the hundredth
    const enough = Math.max(ENOUGH, Math.floor((size * Math.max(5, 50 - Math.floor(size / 125))) / 100));
    for (; looked < size && count < enough; looked++) {
      const node = (this.start + looked) % size;
      if (fits(this.placement, pod, node, accepts)) {
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
    const { placement } = this;
    const scores = new Float64Array(feasible.length);
    addSpreadScores(placement, pod.set, feasible, scores, 2);
    addNearnessScores(placement, pod.set, feasible, scores, 2);
    addWishScores(placement, pod.set, feasible, scores);
    addRoomScores(placement, pod.set, feasible, scores);
    return scores;
  }

  /** What the nodes that could take the pod lack, the most frequent first; if none could, why. */
  private reasons(pod: Pod, accepts: (node: number) => Reason | undefined, only: number | undefined): Reason[] {
    const [lacking, refusing] = [new Map<Reason, number>(), new Map<Reason, number>()];
    const tell = (among: Map<Reason, number>, reason: Reason) => among.set(reason, (among.get(reason) ?? 0) + 1);
    this.placement.nodes.all.forEach((_, node) => {
      if (this.placement.lost[node] || (only !== undefined && node !== only)) {
        return;
      }
      const refused = accepts(node);
      if (refused) {
        tell(refusing, refused);
      } else {
        for (const reason of this.placement.lacks(node, pod.set)) {
          tell(lacking, reason);
        }
      }
    });
    const sorted = (among: ReadonlyMap<Reason, number>) =>
      [...among].sort((a, b) => b[1] - a[1]).map(([reason]) => reason);
    return [...sorted(lacking), ...sorted(refusing)];
  }
}

function fits(placement: Placement, pod: Pod, node: number, accepts: (node: number) => Reason | undefined): boolean {
  return placement.hasRoom(node, pod.set) && accepts(node) === undefined;
}
