/** Adds to the list that a map keeps under a key. */
export function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) {
    map.set(key, [value]);
  } else {
    known.push(value);
  }
}

/** A list with one more entry. Not by a spread, which leaves room for sixteen more in every list that is kept. */
export function appended<T>(list: readonly T[] | undefined, entry: T): readonly T[] {
  return list === undefined ? [entry] : longer(list, entry);
}

/** Copies by itself: `concat` asks of each list whether it is one, which takes longer than to copy a few entries. */
function longer<T>(list: readonly T[], entry: T): readonly T[] {
  const { length } = list;
  if (length === 0) {
    return [entry];
  }
  const copy = new Array<T>(length + 1);
  for (let i = 0; i < length; i++) {
    copy[i] = list[i]!;
  }
  copy[length] = entry;
  return copy;
}

/** Lists of this length and longer grow in place. */
const LONG = 8;

/**
 * The same for a list that only its owner has, and that may become long: a short one is copied, so that it keeps no room that
 * it does not need, and a long one grows in place.
 */
export function grown<T>(list: readonly T[], entry: T): readonly T[] {
  if (list.length < LONG) {
    return longer(list, entry);
  }
  (list as T[]).push(entry);
  return list;
}

/** The value of a map under a key, made when it is first asked for. */
export function entryOf<K, V>(map: Map<K, V>, key: K, make: (key: K) => V): V {
  const known = map.get(key);
  if (known !== undefined) {
    return known;
  }
  const value = make(key);
  map.set(key, value);
  return value;
}

/** The items of a list, of which some are not known before the list is complete: those are made for `of`. */
export function allOf<T, A>(list: readonly (T | ((of: A) => readonly T[]))[], of: A): T[] {
  const found: T[] = [];
  for (const item of list) {
    if (isLate(item)) {
      found.push(...item(of));
    } else {
      found.push(item);
    }
  }
  return found;
}

function isLate<T, A>(item: T | ((of: A) => readonly T[])): item is (of: A) => readonly T[] {
  return typeof item === 'function';
}

/** More texts, and longer ones, are not kept. */
const MOST_TEXTS = 2000;
const LONGEST_TEXT = 200;

/** The same pure function, which keeps what it found: a set asks about the same few texts thousands of times. */
export function remembered<T>(find: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) {
      return before as T;
    }
    const found = find(text);
    if (known.size < MOST_TEXTS && text.length <= LONGEST_TEXT) {
      known.set(text, found);
    }
    return found;
  };
}

/** The same pure function of an object that nobody changes, which keeps what it found as long as the object is there. */
export function rememberedBy<K extends object, T extends object>(find: (of: K) => T): (of: K) => T {
  const known = new WeakMap<K, T>();
  return (of) => {
    let found = known.get(of);
    if (found === undefined) {
      found = find(of);
      known.set(of, found);
    }
    return found;
  };
}

/** The items of a list without those of equal content. */
export function distinct<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** Whether an object has no keys; without a list of them. */
export function hasNoKey(object: object): boolean {
  for (const _ in object) {
    return false;
  }
  return true;
}
