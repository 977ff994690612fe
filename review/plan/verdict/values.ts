import { isObject, type Loose } from '../../../kube/loose';

/** What is none to the API server: nothing, an empty text, zero, false, a list or a map without entries. */
export function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? value.length === 0 : hasNoKeys(value);
  }
  return value === undefined || value === null || value === '' || value === 0 || value === false;
}

function hasNoKeys(value: object): boolean {
  for (const _ in value) {
    return false;
  }
  return true;
}

/** Whether two plain values are the same, whatever the order of keys; a key without a value is none. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return a === undefined ? b === undefined : false;
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]))
    );
  }
  return isSameFields(a as Loose, b as Loose);
}

function isSameFields(a: Loose, b: Loose): boolean {
  for (const key in a) {
    if (!isSame(a[key], b[key])) {
      return false;
    }
  }
  for (const key in b) {
    if (b[key] !== undefined && a[key] === undefined) {
      return false;
    }
  }
  return true;
}

/** The value at a path of keys; undefined where something on the way is missing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

/** The items of a list that are objects; none of what is no list. */
export function itemsOf(value: unknown): Loose[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The items of a list; none of what is no list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
