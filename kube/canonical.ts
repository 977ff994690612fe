import { isPlainObject } from './loose';
import { isBroken, MAX_DEPTH, setProto } from './plain-data';

/**
 * A copy with sorted keys and without undefined and null, as cdk8s prints it; undefined when a value is not plain data:
 * a Lazy or a token, which cdk8s has to resolve, or what no manifest can hold.
 */
export function canonical<T>(value: T): T | undefined {
  try {
    return copy(value, 0) as T;
  } catch (e) {
    if (e === NOT_PLAIN) {
      return undefined;
    }
    throw e;
  }
}

const NOT_PLAIN = Symbol('not plain');

function copy(value: unknown, depth: number): unknown {
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
  if (Array.isArray(value)) {
    // a list that grows takes room for 17 items with the first one, and nearly all have fewer
    const items: unknown[] = value.slice();
    for (let i = 0; i < items.length; i++) {
      items[i] = copy(items[i], depth + 1);
    }
    return items;
  }
  if (!isPlainObject(value)) {
    return refuse();
  }
  const result: Record<string, unknown> = {};
  for (const key of sortedKeys(value)) {
    const item = copy(value[key], depth + 1);
    if (item !== undefined) {
      if (key === '__proto__') {
        setProto(result, item);
      } else {
        result[key] = item;
      }
    }
  }
  return result;
}

function isScalar(value: unknown): boolean {
  return typeof value === 'number' ? Number.isFinite(value) : typeof value === 'boolean' || value === undefined;
}

function refuse(): never {
  throw NOT_PLAIN;
}

/** More keys than are sorted in place. */
const MANY = 24;

/** Most objects have few keys, nearly in order, which are sorted in place: `sort` copies them first. */
function sortedKeys(source: object): string[] {
  const keys = Object.keys(source);
  if (keys.length > MANY) {
    return keys.sort();
  }
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i]!;
    let at = i;
    for (; at > 0 && key < keys[at - 1]!; at--) {
      keys[at] = keys[at - 1]!;
    }
    keys[at] = key;
  }
  return keys;
}

/** The entries of an object, by key, for a list whose order means nothing: a program that is only reordered writes the same. */
export function sortedEntries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
