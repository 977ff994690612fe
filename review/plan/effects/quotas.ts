import { addTo, rememberedBy } from '../../../kube/collections';
import type { InventoryObject } from '../../../kube/inventory';
import { workloadKind } from '../../../kube/workload-kinds';
import type { Change, PlanInput } from '../model';
import { countOfNew, countOfOld, countsOf } from './counts';
import { isUpdate, leftBehind, type Move, movesOf, workloadKey } from './moves';
import { type Limits, limitsOf, type Usage, usageOf } from './quota-usage';
import { paceOf } from './rollout';
import { isTemplateChanged } from './template-change';

/** A rollout that a quota stops for good. */
export interface Stuck {
  readonly quota: InventoryObject;
  /** 'requests.cpu': the first that is missing. */
  readonly resource: string;
  /** How many pods there are when it stops. */
  readonly pods: number;
  /** How many of them are new. */
  readonly updated: number;
}

/** A quota with what is held of it. */
export interface QuotaUse {
  readonly quota: InventoryObject;
  readonly limits: Limits;
  /** By what runs before the apply. */
  readonly before: Usage;
  /** By what runs when everything is rolled out. */
  readonly after: Usage;
}

/** What quotas make of the rollouts. */
export interface Quotas {
  /** By 'namespace/Kind/name'. */
  readonly stuck: ReadonlyMap<string, Stuck>;
  readonly uses: readonly QuotaUse[];
}

/** What the quotas of the namespaces in which pods or quotas change make of it. Pods on each node are not counted. */
export const quotasOf = rememberedBy(find);

/** The pods of a workload under a quota: old ones, and new ones that replace them. */
interface Group {
  readonly key: string;
  readonly oldPod: Usage;
  readonly newPod: Usage;
  /** Pods before the apply. */
  readonly before: number;
  /** Old pods that stay. */
  readonly kept: number;
  readonly target: number;
  readonly surge: number;
  readonly unavailable: number;
  readonly moves: boolean;
  /** Old pods that are to be replaced. */
  old: number;
  new: number;
}

function find(input: PlanInput): Quotas {
  const moved = movesOf(input);
  const namespaces = new Set(
    moved.flatMap(({ after }) =>
      workloadKind(after.manifest) || after.manifest.kind === 'ResourceQuota' ? [after.namespace] : [],
    ),
  );
  const quotas = input.after.ofKind('ResourceQuota', '').filter(({ namespace }) => namespaces.has(namespace));
  const stuck = new Map<string, Stuck>();
  if (quotas.length === 0) {
    return { stuck, uses: [] };
  }
  const workloads = workloadsIn(input, new Set(quotas.map(({ namespace }) => namespace)));
  const uses = quotas.map((quota): QuotaUse => {
    const limits = limitsOf(quota);
    const groups = (workloads.get(quota.namespace) ?? []).flatMap((one) => groupOf(input, one, quota, limits) ?? []);
    const before = sumOf(groups.map((group) => [group.oldPod, group.before] as const));
    const after = sumOf(
      groups.flatMap(({ oldPod, newPod, kept, target }) => [
        [oldPod, Math.min(kept, target)] as const,
        [newPod, Math.max(target - kept, 0)] as const,
      ]),
    );
    for (const [key, found] of settle(groups, limits, quota)) {
      stuck.set(key, stuck.get(key) ?? found);
    }
    return { quota, limits, before, after };
  });
  return { stuck, uses };
}

/** A workload that moves, or one that goes on as it is. */
type Workload = { readonly move: Move } | { readonly stays: InventoryObject };

function workloadsIn(input: PlanInput, namespaces: ReadonlySet<string>): ReadonlyMap<string, readonly Workload[]> {
  const found = new Map<string, Workload[]>();
  const moves = new Map(movesOf(input).map((move) => [move.change, move]));
  const add = (object: InventoryObject, workload: Workload) => {
    if (namespaces.has(object.namespace) && workloadKind(object.manifest)) {
      addTo(found, object.namespace, workload);
    }
  };
  const stay = (change: Change) => {
    const object = change.old;
    if (object && change.verdict !== 'left-behind') {
      add(object, { stays: { ...object, manifest: change.live ?? object.manifest } });
    }
  };
  for (const change of input.changes) {
    const move = moves.get(change);
    if (move) {
      add(move.after, { move });
    } else {
      stay(change);
    }
  }
  for (const object of leftBehind(input)) {
    add(object, { stays: object });
  }
  return found;
}

function groupOf(input: PlanInput, workload: Workload, quota: InventoryObject, limits: Limits): Group | undefined {
  const object = 'move' in workload ? workload.move.after : workload.stays;
  const kind = workloadKind(object.manifest);
  // of a Job that exists it is not known whether it still runs
  if (!kind || kind.perNode || kind.job) {
    return undefined;
  }
  const usage = (one: InventoryObject, of: PlanInput['old']): Usage => {
    const pod = kind.template(one.manifest.spec ?? {})?.spec;
    return pod ? usageOf(pod, quota, limits.keys(), of) : new Map();
  };
  const key = workloadKey(object);
  const still = { key, surge: 0, unavailable: 0, old: 0, new: 0 };
  if (!('move' in workload)) {
    const before = countOfOld(input, object);
    const pod = usage(object, input.old);
    return { ...still, oldPod: pod, newPod: pod, before, kept: before, target: before, moves: false };
  }
  const { move } = workload;
  const newPod = usage(object, input.after);
  if (!isUpdate(move)) {
    return { ...still, oldPod: newPod, newPod, before: 0, kept: 0, target: countOfNew(input, object), moves: true };
  }
  const { before, applied, after: target } = countsOf(input, move);
  const pace = isTemplateChanged(move) ? paceOf(object.manifest, applied, input.versions.new) : undefined;
  const oldPod = usage(move.before, input.old);
  if (!pace || pace.waits !== undefined) {
    // pods come and go with the count alone, of the old revision where a new one waits
    const kept = Math.min(before, target);
    return { ...still, oldPod, newPod: pace ? oldPod : newPod, before, kept, target, moves: true };
  }
  const kept = Math.min(Math.max(applied - pace.replaced, 0), before);
  return {
    ...still,
    oldPod,
    newPod,
    before,
    kept,
    target,
    surge: pace.surge,
    unavailable: pace.unavailable,
    moves: true,
    old: Math.max(Math.min(before, applied) - kept, 0),
  };
}

/** Lets all controllers work until none can do more. */
function settle(groups: readonly Group[], limits: Limits, quota: InventoryObject): ReadonlyMap<string, Stuck> {
  const held = new Map(sumOf(groups.map(({ oldPod, kept, old }) => [oldPod, kept + old] as const)));
  const change = (pod: Usage, sign: bigint) => {
    for (const [name, amount] of pod) {
      held.set(name, (held.get(name) ?? 0n) + sign * amount);
    }
  };
  const lacking = (pod: Usage) =>
    [...pod].find(([name, amount]) => limits.has(name) && (held.get(name) ?? 0n) + amount > limits.get(name)!)?.[0];
  const create = (group: Group): boolean => {
    if (lacking(group.newPod) !== undefined) {
      return false;
    }
    group.new += 1;
    change(group.newPod, 1n);
    return true;
  };
  const remove = (group: Group): boolean => {
    group.old -= 1;
    change(group.oldPod, -1n);
    return true;
  };
  const step = (group: Group): boolean => {
    const { target, surge, unavailable, kept } = group;
    const all = kept + group.old + group.new;
    if (kept + group.new < target && all < target + surge && create(group)) {
      return true;
    }
    return group.old > 0 && all - 1 >= target - unavailable && remove(group);
  };
  const moving = groups.filter(({ moves }) => moves);
  let turns = 0;
  while (turns++ < MOST_TURNS && moving.map(step).includes(true)) {
    // each turn is one step of every controller
  }
  return new Map(
    moving.flatMap((group): [string, Stuck][] => {
      const resource = group.kept + group.new < group.target ? lacking(group.newPod) : undefined;
      const pods = group.kept + group.old + group.new;
      return resource === undefined ? [] : [[group.key, { quota, resource, pods, updated: group.new }]];
    }),
  );
}

/** A typo in a number of replicas must not take all time. */
const MOST_TURNS = 20_000;

function sumOf(pods: readonly (readonly [Usage, number])[]): Usage {
  const sum = new Map<string, bigint>();
  for (const [pod, count] of pods) {
    for (const [name, amount] of pod) {
      sum.set(name, (sum.get(name) ?? 0n) + amount * BigInt(Math.trunc(Math.min(count, MOST_TURNS))));
    }
  }
  return sum;
}
