import { entryOf } from './collections';
import { groupOf } from './kinds';

/** The objects of one kind and API version. */
export interface OfKind<T> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly objects: readonly T[];
  /** Where each of them stands among all. */
  readonly positions: readonly number[];
}

interface Growing<T> extends OfKind<T> {
  readonly objects: T[];
  readonly positions: number[];
}

type Kind = Pick<OfKind<unknown>, 'apiVersion' | 'kind'>;

/** Whether somebody asks for a kind. */
export type IsAsked = (kind: Kind) => boolean;

interface WithKind {
  readonly manifest: Kind;
}

/** The kinds of objects: what is asked of a kind need not be asked of each object. */
export function kindsOf<T extends WithKind>(objects: readonly T[]): readonly OfKind<T>[] {
  const found: Growing<T>[] = [];
  const byVersion = new Map<string, Map<string, Growing<T>>>();
  for (let i = 0; i < objects.length; i++) {
    const object = objects[i]!;
    const { apiVersion, kind } = object.manifest;
    const ofVersion = entryOf(byVersion, apiVersion, newMap<T>);
    const known = ofVersion.get(kind);
    if (known === undefined) {
      const first = { apiVersion, kind, objects: [object], positions: [i] };
      ofVersion.set(kind, first);
      found.push(first);
    } else {
      known.objects.push(object);
      known.positions.push(i);
    }
  }
  return found;
}

/** The objects of all kinds that are asked for, in the order of all objects. */
export function inOrder<T extends WithKind>(
  objects: readonly T[],
  kinds: readonly OfKind<T>[],
  isAsked: IsAsked,
): readonly T[] {
  const asked = kinds.filter(isAsked);
  if (asked.length < 2) {
    return asked[0]?.objects ?? NONE;
  }
  const all = new Uint32Array(asked.reduce((sum, { positions }) => sum + positions.length, 0));
  let filled = 0;
  for (const { positions } of asked) {
    all.set(positions, filled);
    filled += positions.length;
  }
  all.sort();
  return Array.from(all, (at) => objects[at]!);
}

/** The objects by 'group/kind', those of all versions in the order of all objects. */
export function byGroupKind<T extends WithKind>(
  objects: readonly T[],
  kinds: readonly OfKind<T>[],
): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, readonly T[]>();
  for (const { apiVersion, kind, objects: own } of kinds) {
    const group = groupOf(apiVersion);
    const key = `${group}/${kind}`;
    const isSame = (of: Kind) => of.kind === kind && groupOf(of.apiVersion) === group;
    found.set(key, found.has(key) ? objects.filter(({ manifest }) => isSame(manifest)) : own);
  }
  return found;
}

const NONE: readonly never[] = [];
const newMap = <T>() => new Map<string, Growing<T>>();
