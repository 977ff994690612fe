import { HOST, ZONE } from '../eks/node-labels';
import type { Nearness, Spread } from './relations';
import type { SimulatedCluster } from './simulated-cluster';

// looked up once: where code runs in a context of its own, as in tests, a global is slow
const { log, max, min, round, trunc } = Math;

/** The number of counted pods in each domain of a key. */
interface Domains {
  readonly domainOf: readonly number[];
  readonly perDomain: Int32Array;
}

/** Pods of sets by domain, on whatever nodes they are. The array is not to be changed. */
function countsByDomain(cluster: SimulatedCluster, key: string, counted: readonly number[]): Domains {
  const { domainOf, count } = cluster.nodes.topology(key);
  let sum: Int32Array | undefined;
  let shared = false;
  for (const set of counted) {
    const onNodes = cluster.countsOf(set);
    if (!onNodes) {
      continue;
    }
    const inDomains =
      key === ZONE ? cluster.zoneCountsOf(set)! : key === HOST ? onNodes : byDomain(onNodes, domainOf, count);
    if (!sum) {
      sum = inDomains;
      shared = true;
      continue;
    }
    sum = shared ? sum.slice() : sum;
    shared = false;
    for (let domain = 0; domain < count; domain++) {
      sum[domain]! += inDomains[domain]!;
    }
  }
  return { domainOf, perDomain: sum ?? new Int32Array(count) };
}

function byDomain(onNodes: Int32Array, domainOf: readonly number[], count: number): Int32Array {
  const counts = new Int32Array(count);
  for (let node = 0; node < onNodes.length; node++) {
    if (domainOf[node]! >= 0) {
      counts[domainOf[node]!]! += onNodes[node]!;
    }
  }
  return counts;
}

/** Whether a node is included when pods are counted for a constraint of a set. */
function included(cluster: SimulatedCluster, set: number, spread: Spread): (node: number) => boolean {
  const { accepts, tolerates } = cluster.admission(set);
  return (node) =>
    !cluster.lost[node] && (!spread.honorsAffinity || accepts[node]!) && (!spread.honorsTaints || tolerates[node]!);
}

/** Counts for a constraint: pods on nodes that are not included do not count. */
function countsFor(cluster: SimulatedCluster, set: number, spread: Spread): Domains {
  const { constraintClasses } = cluster.demand;
  if (spread.counted.every((other) => constraintClasses[other] === constraintClasses[set])) {
    // pods that want the same of a node are on included nodes only
    return countsByDomain(cluster, spread.key, spread.counted);
  }
  const { domainOf, count } = cluster.nodes.topology(spread.key);
  const perDomain = new Int32Array(count);
  const counts = included(cluster, set, spread);
  const arrays = spread.counted.flatMap((other) => cluster.countsOf(other) ?? []);
  for (let node = 0; node < domainOf.length; node++) {
    if (domainOf[node]! >= 0 && counts(node)) {
      for (const array of arrays) {
        perDomain[domainOf[node]!]! += array[node]!;
      }
    }
  }
  return { domainOf, perDomain };
}

/** Whether a node keeps a hard spread. */
export function hardSpreadFilter(cluster: SimulatedCluster, set: number, spread: Spread): (node: number) => boolean {
  const { domainOf, perDomain } = countsFor(cluster, set, spread);
  const counts = included(cluster, set, spread);
  const present = new Uint8Array(perDomain.length);
  for (let node = 0; node < domainOf.length; node++) {
    if (domainOf[node]! >= 0 && counts(node)) {
      present[domainOf[node]!] = 1;
    }
  }
  const found = perDomain.filter((_, domain) => present[domain] === 1);
  const least = found.length === 0 || found.length < spread.minDomains ? 0 : min(...found);
  const more = spread.self ? 1 : 0;
  return (node) => domainOf[node]! >= 0 && perDomain[domainOf[node]!]! + more - least <= spread.maxSkew;
}

/** Adds the scheduler's scores of suitable nodes by soft spread, 0 to 100 with a weight. */
export function addSpreadScores(
  cluster: SimulatedCluster,
  set: number,
  feasible: Int32Array,
  scores: Float64Array,
  weight: number,
): void {
  const { soft, needsKeys } = cluster.demand.relations.of(set);
  if (soft.length === 0) {
    return;
  }
  const raw = new Float64Array(feasible.length);
  for (const spread of soft) {
    const { domainOf, perDomain } = countsFor(cluster, set, spread);
    const share = log(domainsAmong(feasible, domainOf, perDomain.length) + 2);
    const least = spread.maxSkew - 1;
    for (let i = 0; i < feasible.length; i++) {
      const domain = domainOf[feasible[i]!]!;
      // nodes without a label of the keys get nothing, and nothing is compared with them
      raw[i]! += domain >= 0 ? perDomain[domain]! * share + least : needsKeys ? Number.NaN : 0;
    }
  }
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < raw.length; i++) {
    const score = round(raw[i]!);
    raw[i] = score;
    // a comparison with what is no number is false
    if (score < least) {
      least = score;
    }
    if (score > most) {
      most = score;
    }
  }
  for (let i = 0; i < raw.length; i++) {
    const score = raw[i]!;
    const share = most === 0 ? 100 : trunc((100 * (most + least - score)) / most);
    scores[i]! += score >= 0 ? weight * share : 0;
  }
}

/** In how many domains nodes are. */
function domainsAmong(nodes: Int32Array, domainOf: readonly number[], count: number): number {
  const seen = new Uint8Array(count);
  let found = 0;
  for (let i = 0; i < nodes.length; i++) {
    const domain = domainOf[nodes[i]!]!;
    if (domain >= 0 && seen[domain] === 0) {
      seen[domain] = 1;
      found++;
    }
  }
  return found;
}

/** Adds the scheduler's scores of suitable nodes by preferred nearness, 0 to 100 with a weight. */
export function addNearnessScores(
  cluster: SimulatedCluster,
  set: number,
  feasible: Int32Array,
  scores: Float64Array,
  weight: number,
): void {
  const terms = cluster.demand.relations
    .of(set)
    .prefers.filter(({ counted }) => counted.some((other) => cluster.countsOf(other)));
  if (terms.length === 0) {
    return;
  }
  const raw = new Float64Array(feasible.length);
  for (const term of terms) {
    const { domainOf, perDomain } = countsByDomain(cluster, term.key, term.counted);
    for (let i = 0; i < feasible.length; i++) {
      const domain = domainOf[feasible[i]!]!;
      raw[i]! += domain < 0 ? 0 : term.weight * perDomain[domain]!;
    }
  }
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < raw.length; i++) {
    least = min(raw[i]!, least);
    most = max(raw[i]!, most);
  }
  for (let i = 0; i < raw.length && most > least; i++) {
    scores[i]! += weight * trunc((100 * (raw[i]! - least)) / (most - least));
  }
}

/** Whether a node is near enough to what a pod must have near, and far enough from what it must not. */
export function nearnessFilter(cluster: SimulatedCluster, set: number): ((node: number) => boolean) | undefined {
  const { near, away, refusedBy } = cluster.demand.relations.of(set);
  if (near.length + away.length + refusedBy.length === 0) {
    return undefined;
  }
  const at = (terms: readonly Nearness[]) => terms.map(({ key, counted }) => countsByDomain(cluster, key, counted));
  const [wanted, refused] = [at(near), at([...away, ...refusedBy])];
  // the first pod of all that want to be together has nobody to be near to
  const nobody =
    wanted.every(({ perDomain }) => perDomain.every((count) => count === 0)) && near.every(({ self }) => self);
  return (node) =>
    wanted.every(({ domainOf, perDomain }) => domainOf[node]! >= 0 && (nobody || perDomain[domainOf[node]!]! > 0)) &&
    refused.every(({ domainOf, perDomain }) => domainOf[node]! < 0 || perDomain[domainOf[node]!]! === 0);
}
