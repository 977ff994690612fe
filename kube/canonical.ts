import { isPlainObject } from './loose';
import { isBroken, MAX_DEPTH, setProto } from './plain-data';

/**
 * A copy with sorted keys and without undefined and null, as cdk8s prints it; undefined when a value is not plain data:
 * a Lazy or a token, which cdk8s has to resolve, or what no manifest can hold.
 */
export function canonical<T>(value: T): T | undefined {
  return plainOrNone(value, false);
}

/** The same, in which each part that is of this form already is that part itself: for what nobody changes later. */
export function inCanonicalForm<T>(value: T): T | undefined {
  return plainOrNone(value, true);
}

function plainOrNone<T>(value: T, keeps: boolean): T | undefined {
  try {
    return copy(value, 0, keeps) as T;
  } catch (e) {
    if (e === NOT_PLAIN) {
      return undefined;
    }
    throw e;
  }
}

const NOT_PLAIN = Symbol('not plain');

function copy(value: unknown, depth: number, keeps: boolean): unknown {
  if (typeof value === 'string') {
    return isBroken(value) ? refuse() : value;
  }
  if (typeof value !== 'object') {
    return isScalar(value) ? value : refuse();
  }
  if (value === null) {
    return undefined;
  }
  if (depth > MAX_DEPTH) {
    return refuse();
  }
  return Array.isArray(value) ? copyList(value, depth, keeps) : copyObject(value, depth, keeps);
}

function copyList(list: readonly unknown[], depth: number, keeps: boolean): readonly unknown[] {
  // a list that grows takes room for 17 items with the first one, and nearly all have fewer
  let items = keeps ? undefined : list.slice();
  for (let i = 0; i < list.length; i++) {
    const item = copy(list[i], depth + 1, keeps);
    // a hole is read as undefined too
    if (items === undefined && (item !== list[i] || item === undefined)) {
      items = list.slice();
    }
    if (items !== undefined) {
      items[i] = item;
    }
  }
  return items ?? list;
}

function copyObject(value: object, depth: number, keeps: boolean): object {
  if (!isPlainObject(value)) {
    return refuse();
  }
  const keys = Object.keys(value);
  const isSorted = sort(keys);
  let result: Record<string, unknown> | undefined = keeps && isSorted ? undefined : {};
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    const own = value[key];
    // most are texts
    const item = typeof own === 'string' && !isBroken(own) ? own : copy(own, depth + 1, keeps);
    if (result === undefined) {
      if (item !== undefined && item === own) {
        continue;
      }
      result = firstOf(value, keys, i);
    }
    if (key === '__proto__') {
      setOwnProto(result, item);
    } else if (item !== undefined) {
      result[key] = item;
    }
  }
  return result ?? value;
}

/** The first fields of an object, by the list of its keys. */
function firstOf(value: Readonly<Record<string, unknown>>, keys: readonly string[], count: number) {
  const result: Record<string, unknown> = {};
  for (let i = 0; i < count; i++) {
    const key = keys[i]!;
    if (key === '__proto__') {
      setOwnProto(result, value[key]);
    } else {
      result[key] = value[key];
    }
  }
  return result;
}

function setOwnProto(target: object, value: unknown): void {
  if (value !== undefined) {
    setProto(target, value);
  }
}

function isScalar(value: unknown): boolean {
  return typeof value === 'number' ? Number.isFinite(value) : typeof value === 'boolean' || value === undefined;
}

function refuse(): never {
  throw NOT_PLAIN;
}

/** More keys than are sorted in place. */
const MANY = 24;

/**
 * Sorts a list of keys in place; whether it was sorted. Most objects have few keys, nearly in order, which `sort` would
 * copy first.
 */
function sort(keys: string[]): boolean {
  if (keys.length > MANY) {
    keys.sort();
    return false;
  }
  let isSorted = true;
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i]!;
    if (key >= keys[i - 1]!) {
      continue;
    }
    isSorted = false;
    let at = i;
    for (; at > 0 && key < keys[at - 1]!; at--) {
      keys[at] = keys[at - 1]!;
    }
    keys[at] = key;
  }
  return isSorted;
}

/** The entries of an object, by key, for a list whose order means nothing: a program that is only reordered writes the same. */
export function sortedEntries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
