import { isPlainObject } from './loose';
import { isBroken, MAX_DEPTH, setProto } from './plain-data';

/**
 * A copy with sorted keys and without undefined and null, as cdk8s prints it; undefined when a value is not plain data:
 * a Lazy or a token, which cdk8s has to resolve, or what no manifest can hold.
 */
export function canonical<T>(value: T): T | undefined {
  return plainOrNone(value, false);
}

/**
 * The same of a manifest, in which each part that is of this form already is that part itself: for what nobody changes
 * later. Its apiVersion, kind and metadata may come before the other keys.
 */
export function inCanonicalForm<T>(manifest: T): T | undefined {
  return plainOrNone(manifest, true);
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
  if (keeps && isInForm(value, depth)) {
    return value;
  }
  return Array.isArray(value) ? copyList(value, depth, keeps) : copyObject(value, depth, keeps);
}

function copyList(list: readonly unknown[], depth: number, keeps: boolean): readonly unknown[] {
  // a list that grows takes room for 17 items with the first one, and nearly all have fewer
  const items = list.slice();
  for (let i = 0; i < list.length; i++) {
    items[i] = copy(list[i], depth + 1, keeps);
  }
  return items;
}

function copyObject(value: object, depth: number, keeps: boolean): object {
  if (!isPlainObject(value)) {
    return refuse();
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

/** The labels that were found in form last: all objects of a workload have the same ones, and what is frozen stays so. */
let lastLabels: object | undefined;

/**
 * Whether a list or an object is its own copy, as nearly all are that patterns render: a look at it takes half the time of
 * one that is ready to copy.
 */
function isInForm(value: object, depth: number): boolean {
  if (value === lastLabels) {
    return true;
  }
  if (depth > MAX_DEPTH) {
    return false;
  }
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i];
      if (typeof item === 'object' ? item === null || !isInForm(item, depth + 1) : !isLeaf(item)) {
        return false;
      }
    }
    return true;
  }
  if (!isPlainObject(value)) {
    return false;
  }
  let before = '';
  // without a list of the keys; plain data inherits none
  for (const key in value) {
    if (key < before && !(depth === 0 && before === 'metadata' && beginsWithHead(value))) {
      return false;
    }
    before = key;
    const item = value[key];
    if (typeof item === 'object' ? item === null || !isInForm(item, depth + 1) : !isLeaf(item)) {
      return false;
    }
    if (key === 'labels' && item !== lastLabels && Object.isFrozen(item)) {
      lastLabels = item as object;
    }
  }
  return true;
}

function isLeaf(value: unknown): boolean {
  return typeof value === 'string' ? !isBroken(value) : value !== undefined && isScalar(value);
}

/** The keys that come first in a manifest, whatever follows. */
const HEAD = ['apiVersion', 'kind', 'metadata'];

/** Whether a manifest begins with its head. */
export function beginsWithHead(manifest: object): boolean {
  let place = 0;
  for (const key in manifest) {
    if (key !== HEAD[place]) {
      return false;
    }
    place++;
    if (place === HEAD.length) {
      return true;
    }
  }
  return false;
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
