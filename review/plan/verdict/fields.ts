import { isObject, type Loose } from '../../../kube/loose';
import type { StoredType } from '../../../kube/stored/types';
import { indexPath, keyPath } from '../../../kube/text';
import type { FieldChange } from '../model';
import { isSame } from './values';

/** Every field that differs, in the order of the new object. What is added or removed whole is one change. */
export function changesOf(live: unknown, next: unknown, type: StoredType | undefined): FieldChange[] {
  const found: FieldChange[] = [];
  compare(live, next, type, undefined, '', found);
  return found;
}

function compare(
  live: unknown,
  next: unknown,
  type: StoredType | undefined,
  key: string | undefined,
  path: string,
  found: FieldChange[],
): void {
  if (isSame(live, next)) {
    return;
  }
  if (isObject(live) && isObject(next)) {
    compareFields(live, next, type, path, found);
  } else if (Array.isArray(live) && Array.isArray(next) && [...live, ...next].every(isObject)) {
    compareLists(live, next, type?.kind === 'list' ? type.of : undefined, key, path, found);
  } else {
    found.push({
      field: path,
      ...(live === undefined ? {} : { from: live }),
      ...(next === undefined ? {} : { to: next }),
    });
  }
}

function compareFields(
  live: Loose,
  next: Loose,
  type: StoredType | undefined,
  path: string,
  found: FieldChange[],
): void {
  for (const name of new Set([...Object.keys(next), ...Object.keys(live)])) {
    const field = type?.kind === 'struct' ? type.fields.get(name) : undefined;
    const of = type?.kind === 'map' ? type.of : field?.type;
    compare(live[name], next[name], of, field?.patch?.key || undefined, keyPath(path, name), found);
  }
}

/** Items with a key by that key, others by their place where nothing was added or removed. */
function compareLists(
  live: readonly Loose[],
  next: readonly Loose[],
  of: StoredType | undefined,
  key: string | undefined,
  path: string,
  found: FieldChange[],
): void {
  const isKeyed =
    key !== undefined && [live, next].every((list) => new Set(list.map((item) => item[key])).size === list.length);
  if (!isKeyed) {
    if (live.length === next.length) {
      next.forEach((item, index) => {
        compare(live[index], item, of, undefined, indexPath(path, index), found);
      });
    } else {
      found.push({ field: path, from: live, to: next });
    }
    return;
  }
  const before = new Map(live.map((item) => [item[key], item] as const));
  next.forEach((item, index) => {
    compare(before.get(item[key]), item, of, undefined, indexPath(path, index), found);
    before.delete(item[key]);
  });
  live.forEach((item, index) => {
    if (before.has(item[key])) {
      found.push({ field: indexPath(path, index), from: item });
    }
  });
  if (found.length === 0) {
    found.push({ field: path, from: live, to: next });
  }
}
