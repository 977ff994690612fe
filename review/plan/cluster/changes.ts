import type { AnyKind, StructKind } from '../../../eksctl/schema/field';
import { CLUSTER_CONFIG } from '../../../eksctl/schema/shapes';
import { isObject, type Loose } from '../../../kube/loose';
import { isFieldWithin } from '../../../kube/text';
import { membersOf } from './identities';

/** Texts whose order decides something: what runs first, which type of instance is asked for first. */
const ORDERED = /\.(preBootstrapCommands|instanceTypes)$/;

/** The fields that differ, members of lists by name: 'managedNodeGroups[web].instanceType'; a new or removed member is one field. */
export class Changes {
  readonly fields: readonly string[];

  constructor(old: Loose, next: Loose) {
    const fields: string[] = [];
    compareStruct(CLUSTER_CONFIG, old, next, { path: '', list: '' }, fields);
    this.fields = fields;
  }

  /** Those at a path, and below it. */
  under(path: string): string[] {
    return this.fields.filter((field) => isFieldWithin(field, path));
  }
}

/** Where a value stands: its path, and the same without the names of members, by which lists are known. */
interface Place {
  readonly path: string;
  readonly list: string;
}

function compare(kind: AnyKind | undefined, old: unknown, next: unknown, place: Place, fields: string[]): void {
  if (kind?.kind === 'struct' && isStruct(old) && isStruct(next) && (isObject(old) || isObject(next))) {
    compareStruct(kind, old ?? {}, next ?? {}, place, fields);
    return;
  }
  const before = kind?.kind === 'list' ? membersOf(place.list, old) : undefined;
  const after = kind?.kind === 'list' ? membersOf(place.list, next) : undefined;
  if (kind?.kind === 'list' && before && after) {
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const member = { path: `${place.path}[${name}]`, list: `${place.list}[]` };
      const both = before.has(name) && after.has(name);
      compare(both ? kind.of : undefined, before.get(name), after.get(name), member, fields);
    }
  } else if (!isSame(emptied(old, place), emptied(next, place), !ORDERED.test(place.path))) {
    fields.push(place.path);
  }
}

/** Lists that mean something when they are empty. */
const SAYS_NONE = /\]\.podIdentityAssociations$|\.nodePools$/;

/** Elsewhere, a list or a map without anything is as if it were missing. */
function emptied(value: unknown, { path }: Place): unknown {
  const empty = Array.isArray(value)
    ? value.length === 0 && !SAYS_NONE.test(path)
    : isObject(value) && Object.keys(value).length === 0;
  return empty ? undefined : value;
}

const isStruct = (value: unknown): value is Loose | undefined => value === undefined || isObject(value);

function compareStruct(kind: StructKind, old: Loose, next: Loose, place: Place, fields: string[]): void {
  for (const key of new Set([...Object.keys(old), ...Object.keys(next)])) {
    const below = {
      path: place.path === '' ? key : `${place.path}.${key}`,
      list: place.list === '' ? key : `${place.list}.${key}`,
    };
    const property = Object.hasOwn(kind.properties, key) ? kind.properties[key] : undefined;
    compare(property, old[key], next[key], below, fields);
  }
}

/** Whether two values are the same in any order of keys, and texts of a list in any order where it does not matter. */
export function isSame(old: unknown, next: unknown, anyOrder = false): boolean {
  if (Array.isArray(old) && Array.isArray(next)) {
    const [a, b] =
      anyOrder && [...old, ...next].every((one) => typeof one === 'string') ? [sorted(old), sorted(next)] : [old, next];
    return a.length === b.length && a.every((one, i) => isSame(one, b[i]));
  }
  if (isObject(old) && isObject(next)) {
    const keys = Object.keys(old);
    return (
      keys.length === Object.keys(next).length &&
      keys.every((key) => Object.hasOwn(next, key) && isSame(old[key], next[key]))
    );
  }
  return Object.is(old, next);
}

const sorted = (texts: readonly unknown[]): unknown[] => [...texts].sort();
