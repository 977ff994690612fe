import { type Fields, isFields, isSame } from './values';

type Merge = (original: Fields, modified: Fields, live: Fields) => Fields;

/** Lists of values that are merged: what the live list has and the old manifest did not, stays. */
export function mergeValues(
  original: readonly unknown[],
  modified: readonly unknown[],
  live: readonly unknown[],
): unknown[] {
  const others = live.filter((item) => !original.includes(item) && !modified.includes(item));
  return ordered([...new Set(modified)], others, live, (a, b) => a === b);
}

/**
 * Lists of objects that are merged by a key. Items of one key in a list, such as a port for TCP and for UDP, are paired in
 * their order; but what differs in any of them goes into the first live item of that key, as kubectl's patch says no more
 * than the key.
 */
export function mergeByKey(
  original: readonly unknown[],
  modified: readonly unknown[],
  live: readonly unknown[],
  key: string,
  merge: Merge,
): unknown[] {
  const [was, is, now] = [original, modified, live].map((list) => list.filter(isFields)) as [
    Fields[],
    Fields[],
    Fields[],
  ];
  const removed = new Set(pairsByKey(was, is, key).flatMap(([old, next]) => (old && !next ? [old[key]] : [])));
  const before = new Map(
    pairsByKey(was, is, key).flatMap(([old, next]) => (old && next ? [[next, old] as const] : [])),
  );
  const result = now.filter((item) => !removed.has(item[key]));
  for (const [mine, next] of pairsByKey(now, is, key)) {
    if (next) {
      apply(
        result,
        next,
        mine && !removed.has(next[key]) ? changeOf(merge(before.get(next) ?? {}, next, mine), mine) : next,
        key,
        merge,
      );
    }
  }
  const named = new Set(is.map((item) => item[key]));
  const mine = result.filter((item) => named.has(item[key]));
  const others = result.filter((item) => !named.has(item[key]));
  const place = new Map(is.map((item, index) => [item[key], index] as const).reverse());
  const sorted = mine
    .map((item, index) => ({ item, index }))
    .sort((a, b) => place.get(a.item[key])! - place.get(b.item[key])! || a.index - b.index)
    .map(({ item }) => item);
  return ordered(sorted, others, now, (a, b) => (a as Fields)[key] === (b as Fields)[key]);
}

/** What differs between a live item and what it becomes; undefined for what goes. */
function changeOf(result: Fields, live: Fields): Fields | undefined {
  const keys = new Set([...Object.keys(result), ...Object.keys(live)]);
  const changed = [...keys].filter((key) => !isSame(result[key], live[key]));
  return changed.length === 0 ? undefined : Object.fromEntries(changed.map((key) => [key, result[key]]));
}

function apply(result: Fields[], next: Fields, change: Fields | undefined, key: string, merge: Merge): void {
  if (change === undefined) {
    return;
  }
  const index = result.findIndex((item) => item[key] === next[key]);
  if (index < 0) {
    result.push(next);
  } else {
    const merged = change === next ? merge({}, next, result[index]!) : { ...result[index], ...change };
    result[index] = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
  }
}

/** The items of both lists, those of one key side by side in their order. */
function pairsByKey(
  left: readonly Fields[],
  right: readonly Fields[],
  key: string,
): [Fields | undefined, Fields | undefined][] {
  const keys = [...new Set([...left, ...right].map((item) => item[key]))];
  return keys.flatMap((value) => {
    const [ours, theirs] = [left, right].map((list) => list.filter((item) => item[key] === value)) as [
      Fields[],
      Fields[],
    ];
    return Array.from(
      { length: Math.max(ours.length, theirs.length) },
      (_, i): [Fields | undefined, Fields | undefined] => [ours[i], theirs[i]],
    );
  });
}

/** The items of a manifest in their order, and among them those of the server: before the first that stood behind them. */
function ordered(
  mine: readonly unknown[],
  others: readonly unknown[],
  live: readonly unknown[],
  isOne: (a: unknown, b: unknown) => boolean,
): unknown[] {
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
