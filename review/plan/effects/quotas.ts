import { addTo } from '../../../kube/collections';
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

const known = new WeakMap<PlanInput, Quotas>();

/** What the quotas of the namespaces in which pods or quotas change make of it. Pods on each node are not counted. */
export function quotasOf(input: PlanInput): Quotas {
  const before = known.get(input);
  if (before) {
    return before;
  }
  const result = find(input);
  known.set(input, result);
  return result;
}

/** The pods of a workload under a quota: old ones, and new ones that replace them. */
interface Group {
  readonly key: string;
  readonly oldPod: Usage;
  readonly newPod: Usage;
  readonly target: number;
  readonly surge: number;
  readonly unavailable: number;
  /** Whether a pod goes before the one that replaces it comes. */
  readonly inPlace: boolean;
  readonly moves: boolean;
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
    const before = sumOf(groups.map(({ oldPod, old }) => [oldPod, old] as const));
    const after = sumOf(
      groups.map(({ oldPod, newPod, target, moves, old }) => (moves ? [newPod, target] : [oldPod, old])),
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
  if (!('move' in workload)) {
    const old = countOfOld(input, object);
    const pod = usage(object, input.old);
    return {
      key,
      oldPod: pod,
      newPod: pod,
      target: old,
      surge: 0,
      unavailable: 0,
      inPlace: false,
      moves: false,
      old,
      new: 0,
    };
  }
  const { move } = workload;
  const newPod = usage(object, input.after);
  if (!isUpdate(move)) {
    const target = countOfNew(input, object);
    return {
      key,
      oldPod: newPod,
      newPod,
      target,
      surge: target,
      unavailable: 0,
      inPlace: false,
      moves: true,
      old: 0,
      new: 0,
    };
  }
  const { before, applied, after: target } = countsOf(input, move);
  const pace = isTemplateChanged(move) ? paceOf(object.manifest, applied, input.versions.new) : undefined;
  const oldPod = usage(move.before, input.old);
  const base = { key, oldPod, newPod, target, moves: true, new: 0 };
  if (!pace || pace.waits !== undefined) {
    // pods of the old revision come and go with the count alone
    return {
      ...base,
      newPod: pace ? oldPod : newPod,
      surge: target,
      unavailable: 0,
      inPlace: false,
      old: 0,
      new: Math.min(before, target),
    };
  }
  const kept = Math.max(applied - pace.replaced, 0);
  return {
    ...base,
    surge: pace.surge,
    unavailable: pace.unavailable,
    inPlace: object.manifest.kind === 'StatefulSet',
    // members below the partition stay
    new: kept,
    old: Math.max(Math.min(before, applied) - kept, 0),
  };
}

/** Lets all controllers work until none can do more. */
function settle(groups: readonly Group[], limits: Limits, quota: InventoryObject): ReadonlyMap<string, Stuck> {
  const held = new Map(
    sumOf(
      groups.flatMap(
        ({ oldPod, newPod, old, new: own }) =>
          [
            [oldPod, old],
            [newPod, own],
          ] as const,
      ),
    ),
  );
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
    const { target, surge, unavailable, inPlace } = group;
    const all = group.old + group.new;
    const mayCreate = group.new < target && all < target + (inPlace ? 0 : surge);
    if ((mayCreate || (group.new < target && all < target)) && create(group)) {
      return true;
    }
    const mayRemove = group.old > 0 && all - 1 >= target - unavailable;
    return mayRemove && remove(group);
  };
  const moving = groups.filter(({ moves }) => moves);
  let turns = 0;
  while (turns++ < MOST_TURNS && moving.map(step).includes(true)) {
    // each turn is one step of every controller
  }
  return new Map(
    moving.flatMap((group): [string, Stuck][] => {
      const resource = group.new < group.target ? lacking(group.newPod) : undefined;
      return resource === undefined
        ? []
        : [[group.key, { quota, resource, pods: group.old + group.new, updated: group.new }]];
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
