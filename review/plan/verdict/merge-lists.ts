import { isObject, type Loose } from '../../../kube/loose';
import { isEmpty, isSame } from './values';

type Merge = (original: Loose, modified: Loose, live: Loose) => Loose;
type Pair = readonly [Loose | undefined, Loose | undefined];

/** Lists of values that are merged: what the live list has and the old manifest did not, stays. */
export function mergeValues(
  original: readonly unknown[],
  modified: readonly unknown[],
  live: readonly unknown[],
): unknown[] {
  const others = live.filter((item) => !original.includes(item) && !modified.includes(item));
  return ordered([...new Set(modified)], others, live, (a, b) => a === b);
}

/** kubectl cannot merge a list in which an item lacks the key. */
export class MissingKeyError extends Error {
  override readonly name = 'MissingKeyError';
  constructor(readonly key: string) {
    super(`an item lacks ${key}`);
  }
}

/**
 * Lists of objects that are merged by a key. Where items share a key, such as a port for TCP and for UDP, kubectl pairs them
 * from the last to the first, and its patch says no more than the key: all of it goes into the first live item of that key.
 */
export function mergeByKey(
  original: readonly unknown[],
  modified: readonly unknown[],
  live: readonly unknown[],
  key: string,
  merge: Merge,
): unknown[] {
  const [was, is, now] = [original, modified, live].map((list) => list.filter(isObject)) as [Loose[], Loose[], Loose[]];
  if ([...was, ...is].some((item) => item[key] === undefined)) {
    throw new MissingKeyError(key);
  }
  const merged = [was, is, now].every((list) => hasUniqueKeys(list, key))
    ? mergeUnique(was, is, now, key, merge)
    : mergeShared(was, is, now, key, merge);
  return inOrder(merged, is, now, key);
}

function hasUniqueKeys(items: readonly Loose[], key: string): boolean {
  return new Set(items.map((item) => item[key])).size === items.length;
}

function mergeUnique(
  was: readonly Loose[],
  is: readonly Loose[],
  now: readonly Loose[],
  key: string,
  merge: Merge,
): Loose[] {
  const [before, live] = [was, now].map((list) => new Map(list.map((item) => [item[key], item] as const)));
  const named = new Set(is.map((item) => item[key]));
  const others = now.filter((item) => !named.has(item[key]) && !before!.has(item[key]));
  const mine = is.map((item) => merge(before!.get(item[key]) ?? {}, item, live!.get(item[key]) ?? {}));
  return [...mine, ...others];
}

function mergeShared(
  was: readonly Loose[],
  is: readonly Loose[],
  now: readonly Loose[],
  key: string,
  merge: Merge,
): Loose[] {
  const pairs = pairsByKey(was, is, key);
  const removed = new Set(pairs.flatMap(([old, next]) => (old && !next ? [old[key]] : [])));
  const before = new Map(pairs.flatMap(([old, next]) => (old && next ? [[next, old] as const] : [])));
  const result = now.filter((item) => !removed.has(item[key]));
  const changes = pairsByKey(now, is, key).flatMap(([mine, next]) => {
    const change = next && mine ? changeOf(merge(before.get(next) ?? {}, next, mine), mine) : next;
    return change && next && !isEmpty(change) ? [{ ...change, [key]: next[key] }] : [];
  });
  const told = changes.filter((change) => !removed.has(change[key]) || loses(pairs, change[key], key));
  for (const change of told) {
    remove(result, change, key);
  }
  for (const change of told) {
    add(result, change, key, merge);
  }
  return result;
}

/** Whether an item of a key loses a field; only then kubectl still sets something in items of which one goes. */
function loses(pairs: readonly Pair[], value: unknown, key: string): boolean {
  return pairs.some(
    ([old, next]) => old && next && old[key] === value && Object.keys(old).some((field) => next[field] === undefined),
  );
}

/** What differs between a live item and what it becomes; undefined for what goes. */
function changeOf(result: Loose, live: Loose): Loose {
  const keys = new Set([...Object.keys(result), ...Object.keys(live)]);
  const changed = [...keys].filter((key) => !isSame(result[key], live[key]));
  return Object.fromEntries(changed.map((key) => [key, result[key]]));
}

function remove(result: Loose[], change: Loose, key: string): void {
  const index = result.findIndex((item) => item[key] === change[key]);
  if (index >= 0) {
    const gone = new Set(Object.keys(change).filter((field) => change[field] === undefined));
    result[index] = Object.fromEntries(Object.entries(result[index]!).filter(([field]) => !gone.has(field)));
  }
}

function add(result: Loose[], change: Loose, key: string, merge: Merge): void {
  const index = result.findIndex((item) => item[key] === change[key]);
  if (index < 0) {
    result.push(merge({}, change, {}));
  } else {
    result[index] = merge({}, change, result[index]!);
  }
}

/** The items of both lists, those of one key side by side, the last ones first. */
function pairsByKey(left: readonly Loose[], right: readonly Loose[], key: string): Pair[] {
  const [ours, theirs] = [byKey(left, key), byKey(right, key)];
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((value) => {
    const [mine, next] = [ours.get(value) ?? [], theirs.get(value) ?? []];
    return Array.from({ length: Math.max(mine.length, next.length) }, (_, i): Pair => [mine[i], next[i]]);
  });
}

function byKey(items: readonly Loose[], key: string): Map<unknown, Loose[]> {
  const found = new Map<unknown, Loose[]>();
  for (const item of items) {
    found.set(item[key], [item, ...(found.get(item[key]) ?? [])]);
  }
  return found;
}

/** The items of the manifest in its order, and those of the server where they stood. */
function inOrder(result: readonly Loose[], is: readonly Loose[], now: readonly Loose[], key: string): unknown[] {
  const place = new Map(is.map((item, index) => [item[key], index] as const).reverse());
  const [mine, others] = [true, false].map((named) => result.filter((item) => place.has(item[key]) === named));
  const sorted = [...mine!].sort((a, b) => place.get(a[key])! - place.get(b[key])!);
  return ordered(sorted, others!, now, (a, b) => (a as Loose)[key] === (b as Loose)[key]);
}

/** The items of a manifest in their order, and among them those of the server: before the first that stood behind them. */
function ordered(
  mine: readonly unknown[],
  others: readonly unknown[],
  live: readonly unknown[],
  isOne: (a: unknown, b: unknown) => boolean,
): unknown[] {
  if (others.length === 0) {
    return [...mine];
  }
  const place = (item: unknown) => live.findIndex((one) => isOne(one, item));
  const result: unknown[] = [];
  let at = 0;
  for (const item of mine) {
    const behind = place(item);
    while (at < others.length && behind >= 0 && place(others[at]) < behind) {
      result.push(others[at++]);
    }
    result.push(item);
  }
  return [...result, ...others.slice(at)];
}
