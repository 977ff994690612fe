import { isPlainObject } from '../../kube/loose';

/** Numbers from 0 to 1, the same for the same seed. */
export type Random = () => number;

/** Mulberry32. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)]!;
}

/** What a field is replaced by. */
const VALUES: readonly unknown[] = [
  null,
  '',
  'text',
  '1e400',
  '-5%',
  0,
  -1,
  3.7,
  1e30,
  Number.NaN,
  true,
  [],
  [null],
  ['text', null, 1],
  [[]],
  [{}],
  {},
  { text: null },
  { __proto__: null, name: 1, items: 'text' },
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1, "toString": null}'),
];

interface Place {
  readonly holder: Record<string, unknown> | unknown[];
  readonly key: string;
}

/** Every field and item of a value. */
function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const holder = value as Place['holder'];
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn((holder as Record<string, unknown>)[key])]);
}

const set = ({ holder, key }: Place, value: unknown): void => {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
};
const get = ({ holder, key }: Place): unknown => (holder as Record<string, unknown>)[key];

function remove({ holder, key }: Place): void {
  if (Array.isArray(holder)) {
    holder.splice(Number(key), 1);
  } else {
    delete holder[key];
  }
}

/** Changes a field of the documents in place, or how they are arranged. */
function damageOnce(documents: unknown[], random: Random): void {
  const index = Math.floor(random() * documents.length);
  const places = placesIn(documents[index]);
  if (places.length === 0) {
    return;
  }
  const place = pick(random, places);
  const value = get(place);
  switch (Math.floor(random() * 10)) {
    case 0:
    case 1:
    case 2:
      set(place, structuredClone(pick(random, VALUES)));
      break;
    case 3:
    case 4:
      remove(place);
      break;
    case 5:
      // another value of the same set, of whatever type
      set(
        place,
        structuredClone(
          get(
            pick(
              random,
              placesIn(
                pick(
                  random,
                  documents.filter((d) => placesIn(d).length > 0),
                ),
              ),
            ),
          ),
        ),
      );
      break;
    case 6:
      set(place, Array.isArray(value) ? { ...value } : [value]);
      break;
    case 7:
      set(
        place,
        typeof value === 'object' && value !== null && isPlainObject(value) ? Object.values(value) : { value },
      );
      break;
    case 8:
      documents[index] = pick(random, [
        { apiVersion: 'v1', kind: 'List', items: [documents[index]] },
        { apiVersion: 'v1', kind: 'List', items: [null, { kind: 'List', items: [documents[index], 'text'] }] },
        { apiVersion: 'apps/v1', kind: 'DeploymentList', items: documents[index] },
        [documents[index]],
      ]);
      break;
    default:
      documents.push(structuredClone(documents[index]));
  }
}

/** A copy of documents with one to eight damages. */
export function damaged(documents: readonly unknown[], random: Random): unknown[] {
  const copy = structuredClone([...documents]);
  const times = 1 + Math.floor(random() * 8);
  for (let i = 0; i < times; i++) {
    damageOnce(copy, random);
  }
  return copy;
}
