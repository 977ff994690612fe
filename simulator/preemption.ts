import type { Pod } from './pods';
import { NO_AMOUNTS } from './report';
import type { Freed, SimulatedCluster } from './simulated-cluster';

/** Who has to go for a pod, and from which node. */
export interface Displacement {
  readonly node: number;
  readonly victims: readonly Pod[];
}

/** The node where a pod does the least harm, as kube-scheduler chooses it; undefined where displacing does not help. */
export function displace(
  cluster: SimulatedCluster,
  pod: Pod,
  accepts: (node: number) => boolean,
): Displacement | undefined {
  const { sets } = cluster.demand;
  const { preempts, priority } = sets[pod.set]!;
  if (!preempts) {
    return undefined;
  }
  const priorityOf = ({ set }: Pod) => sets[set]!.priority;
  const candidates: (Displacement & { readonly highest: number; readonly sum: number })[] = [];
  for (let node = 0; node < cluster.nodes.all.length; node++) {
    const lower = cluster.on[node]!.filter((other) => priorityOf(other) < priority);
    if (lower.length === 0 || !accepts(node) || cluster.lacks(node, pod.set, freedBy(cluster, lower)).length > 0) {
      continue;
    }
    // those of the highest priority may stay first, if there is room beside them
    const victims = [...lower].sort((a, b) => priorityOf(a) - priorityOf(b));
    for (const other of [...victims].reverse()) {
      const rest = victims.filter((victim) => victim !== other);
      if (cluster.lacks(node, pod.set, freedBy(cluster, rest)).length === 0) {
        victims.splice(victims.indexOf(other), 1);
      }
    }
    const sum = victims.reduce((total, victim) => total + priorityOf(victim) + 2 ** 31, 0);
    candidates.push({ node, victims, highest: Math.max(...victims.map(priorityOf)), sum });
  }
  return candidates.sort(
    (a, b) => a.highest - b.highest || a.sum - b.sum || a.victims.length - b.victims.length || a.node - b.node,
  )[0];
}

function freedBy({ demand }: SimulatedCluster, pods: readonly Pod[]): Freed {
  const freed = {
    ...NO_AMOUNTS,
    ports: new Set<string>(),
  };
  for (const { set } of pods) {
    const { asks, hostPorts } = demand.sets[set]!;
    for (const port of hostPorts) {
      freed.ports.add(port);
    }
    freed.cpu += asks.cpu;
    freed.memory += asks.memory;
    freed.pods += 1;
    freed.ephemeralStorage += asks.ephemeralStorage;
    freed.volumes += asks.volumes;
    freed.gpus += asks.gpus;
    freed.branchInterfaces += asks.branchInterfaces;
  }
  return freed;
}
