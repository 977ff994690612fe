import { isObject, pathOf } from './words';

/**
 * A config without the values at the given paths, so that the rules can read the rest. A list with such an entry is removed
 * as a whole: the indexes of later entries would change.
 */
export function stripInvalid(config: unknown, places: ReadonlySet<string>): unknown {
  return keep(config, '', places);
}

const GONE = Symbol('gone');

function keep(value: unknown, path: string, places: ReadonlySet<string>): unknown {
  if (places.has(path)) {
    return GONE;
  }
  if (Array.isArray(value)) {
    const items = value.map((item, i) => keep(item, `${path}[${i}]`, places));
    return items.includes(GONE) ? GONE : items;
  }
  if (!isObject(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const kept = keep(item, pathOf(path, key), places);
      return kept === GONE ? [] : [[key, kept]];
    }),
  );
}
