import { type SimulatedCluster, scoredCpu, scoredMemory } from './simulated-cluster';

// looked up once: where code runs in a context of its own, as in tests, a global is slow
const { abs, max, min, trunc } = Math;

/** Adds the scores of what a pod itself prefers, and of taints that would rather not have it. */
export function addPreferenceScores(
  cluster: SimulatedCluster,
  set: number,
  feasible: Int32Array,
  scores: Float64Array,
): void {
  const { preferred, untoleratedPreferences } = cluster.admission(set);
  const [mostUntolerated, mostPreferred] = [
    mostOf(untoleratedPreferences, feasible),
    preferred ? mostOf(preferred, feasible) : 0,
  ];
  for (let i = 0; i < feasible.length; i++) {
    const node = feasible[i]!;
    scores[i]! +=
      3 * (mostUntolerated === 0 ? 100 : 100 - trunc((100 * untoleratedPreferences[node]!) / mostUntolerated));
    scores[i]! += preferred && mostPreferred > 0 ? 2 * trunc((100 * preferred[node]!) / mostPreferred) : 0;
  }
}

/** Adds the scores of how much room is left, and of how much better CPU and memory are balanced than before. */
export function addResourceScores(
  cluster: SimulatedCluster,
  set: number,
  feasible: Int32Array,
  scores: Float64Array,
): void {
  const { asks } = cluster.demand.sets[set]!;
  const [cpu, memory] = [scoredCpu(asks.cpu), scoredMemory(asks.memory)];
  for (let i = 0; i < feasible.length; i++) {
    const node = feasible[i]!;
    const { has } = cluster.nodes.all[node]!;
    const free =
      share(has.cpu - cluster.scoredCpu[node]! - cpu, has.cpu) +
      share(has.memory - cluster.scoredMemory[node]! - memory, has.memory);
    scores[i]! += trunc(free / 2);
    if (asks.cpu + asks.memory > 0) {
      const before = balance(cluster.cpu[node]! / has.cpu, cluster.memory[node]! / has.memory);
      const after = balance(
        (cluster.cpu[node]! + asks.cpu) / has.cpu,
        (cluster.memory[node]! + asks.memory) / has.memory,
      );
      scores[i]! += 50 + trunc((50 + after - before) / 2);
    }
  }
}

function balance(cpu: number, memory: number): number {
  return trunc((1 - abs(min(1, cpu) - min(1, memory)) / 2) * 100);
}

function share(free: number, all: number): number {
  return all <= 0 || free < 0 ? 0 : trunc((free * 100) / all);
}

function mostOf(values: readonly number[], nodes: Int32Array): number {
  let most = 0;
  for (let i = 0; i < nodes.length; i++) {
    const value = values[nodes[i]!]!;
    most = max(value, most);
  }
  return most;
}
