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
  if (keeps && isSorted(value)) {
    return keptObject(value, depth);
  }
  const keys = Object.keys(value);
  sort(keys);
  const result: Record<string, unknown> = {};
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    setField(result, key, copy(value[key], depth + 1, keeps));
  }
  return result;
}

/** Patterns render nearly all objects in this order. */
function isSorted(value: object): boolean {
  let before = '';
  // without a list of the keys; plain data inherits none
  for (const key in value) {
    if (key < before) {
      return false;
    }
    before = key;
  }
  return true;
}

/** An object whose keys are sorted: itself, if all that it holds is kept too. */
function keptObject(value: Readonly<Record<string, unknown>>, depth: number): object {
  let result: Record<string, unknown> | undefined;
  for (const key in value) {
    const own = value[key];
    // most are texts
    const item = typeof own === 'string' && !isBroken(own) ? own : copy(own, depth + 1, true);
    if (result === undefined) {
      if (item !== undefined && item === own) {
        continue;
      }
      result = fieldsBefore(value, key);
    }
    setField(result, key, item);
  }
  return result ?? value;
}

function fieldsBefore(value: Readonly<Record<string, unknown>>, end: string): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const key in value) {
    if (key === end) {
      break;
    }
    setField(result, key, value[key]);
  }
  return result;
}

function setField(target: Record<string, unknown>, key: string, value: unknown): void {
  if (value === undefined) {
    return;
  }
  if (key === '__proto__') {
    setProto(target, value);
  } else {
    target[key] = value;
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

/** Sorts a list of keys in place. Most objects have few keys, nearly in order, which `sort` of the list would copy first. */
function sort(keys: string[]): void {
  if (keys.length > MANY) {
    keys.sort();
    return;
  }
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i]!;
    if (key >= keys[i - 1]!) {
      continue;
    }
    let at = i;
    for (; at > 0 && key < keys[at - 1]!; at--) {
      keys[at] = keys[at - 1]!;
    }
    keys[at] = key;
  }
}

/** The entries of an object, by key, for a list whose order means nothing: a program that is only reordered writes the same. */
export function sortedEntries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
