/**
 * A copy with sorted keys and without undefined and null, as cdk8s prints it; undefined when a value is not plain data
 * (a Lazy, a token), which cdk8s has to resolve.
 */
export function canonical<T>(value: T): T | undefined {
  try {
    return copy(value) as T;
  } catch (e) {
    if (e === NOT_PLAIN) {
      return undefined;
    }
    throw e;
  }
}

const NOT_PLAIN = Symbol('not plain');

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function') {
      throw NOT_PLAIN;
    }
    return value ?? undefined;
  }
  if (Array.isArray(value)) {
    return value.map(copy);
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw NOT_PLAIN;
  }
  const source = value as Record<string, unknown>;
  const result: Record<string, unknown> = {};
  for (const key of sortedKeys(source)) {
    const item = copy(source[key]);
    if (item !== undefined) {
      result[key] = item;
    }
  }
  return result;
}

/** Most objects are written in order already, and sorting is what rendering spends most on. */
function sortedKeys(source: object): string[] {
  const keys = Object.keys(source);
  for (let i = 1; i < keys.length; i++) {
    if (keys[i]! < keys[i - 1]!) {
      return keys.sort();
    }
  }
  return keys;
}

/** The entries of an object, by key, for a list whose order means nothing: a program that is only reordered writes the same. */
export function sortedEntries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
