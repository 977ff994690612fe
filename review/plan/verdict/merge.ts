import { isObject, type Loose } from '../../../kube/loose';
import type { Patch, StoredField, StoredType } from '../../../kube/stored/types';
import { mergeByKey, mergeValues } from './merge-lists';
import { isSame } from './values';

/**
 * What an apply of kubectl makes of a live object: what the old manifest had and the new one lacks goes, what the new one
 * has is set, and what only the live object has stays. Lists with a key are merged item by item, other lists replaced.
 *
 * @param type undefined where nothing is known of the fields: a custom resource, whose lists are replaced
 */
export function merged(
  original: unknown,
  modified: unknown,
  live: unknown,
  type: StoredType | undefined,
  patch?: Patch,
): unknown {
  if (isObject(modified)) {
    return patch?.replaces || !isObject(live)
      ? withoutNulls(modified)
      : mergedFields(isObject(original) ? original : {}, modified, live, type, patch?.retainsKeys);
  }
  if (Array.isArray(modified) && Array.isArray(live) && patch?.key !== undefined) {
    const before = Array.isArray(original) ? original : [];
    return patch.key === ''
      ? mergeValues(before, modified, live)
      : mergeByKey(before, modified, live, patch.key, (was, is, now) =>
          mergedFields(was, is, now, type?.kind === 'list' ? type.of : undefined, patch.retainsKeys),
        );
  }
  return modified;
}

function mergedFields(
  original: Loose,
  modified: Loose,
  live: Loose,
  type: StoredType | undefined,
  retainsKeys = false,
): Loose {
  const result: Record<string, unknown> = { ...live };
  for (const key in original) {
    if (modified[key] === undefined) {
      delete result[key];
    }
  }
  for (const key in modified) {
    const value = modified[key];
    if (value === null) {
      delete result[key];
    } else if (value !== undefined) {
      const field = fieldOf(type, key);
      result[key] = merged(original[key], value, live[key], field?.type, field?.patch);
    }
  }
  return retainsKeys && !isSame(result, live) ? only(result, modified) : result;
}

function fieldOf(type: StoredType | undefined, key: string): Pick<StoredField, 'type' | 'patch'> | undefined {
  return type?.kind === 'struct' ? type.fields.get(key) : type?.kind === 'map' ? { type: type.of } : undefined;
}

/** Of a union only the given member stays. */
function only(result: Loose, modified: Loose): Loose {
  return Object.fromEntries(Object.entries(result).filter(([key]) => modified[key] !== undefined));
}

/** A null that is added removes what is not there. */
function withoutNulls(value: Loose): Loose {
  const entries = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(entries.map(([key, item]) => [key, isObject(item) ? withoutNulls(item) : item]));
}
