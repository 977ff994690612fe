import type { StoredStruct, StoredType } from '../../../kube/stored/types';
import { pick, type Random } from '../../review/damage';
import { mapKey, type Place, randomValue, UNIONS } from './values';

/** An edit of an object: what it touched, and the new object. */
export interface RandomEdit {
  readonly object: unknown;
  readonly path: string;
}

/** Changes, adds or removes one field of an object, at any depth of its type. */
export function randomEdit(
  object: unknown,
  type: StoredStruct,
  given: Pick<Place, 'random' | 'allowed' | 'drawn'>,
): RandomEdit {
  const paths: string[] = [];
  const place: Place = { ...given, struct: type.name, field: '', depth: 0, isWhole: true };
  const edited = edit(object, type, place, '', paths);
  return { object: edited, path: paths.join(', ') };
}

function edit(value: unknown, type: StoredType, place: Place, path: string, paths: string[]): unknown {
  switch (type.kind) {
    case 'struct':
      return editStruct(value as Record<string, unknown>, type, place, path, paths);
    case 'list':
      return editList(value as unknown[], type.of, place, path, paths);
    case 'map':
      return editMap(value as Record<string, unknown>, type.of, place, path, paths);
    default:
      paths.push(path);
      return another(value, type, place);
  }
}

/** Another value of the type, if there is one. */
function another(value: unknown, type: StoredType, place: Place): unknown {
  for (let i = 0; i < 8; i++) {
    const next = randomValue(type, place);
    if (JSON.stringify(next) !== JSON.stringify(value)) {
      return next;
    }
  }
  return randomValue(type, place);
}

const NEVER: ReadonlySet<string> = new Set(['ObjectMeta.name', 'ObjectMeta.namespace', 'ObjectMeta.generateName']);

function editStruct(
  value: Record<string, unknown>,
  type: StoredStruct,
  place: Place,
  path: string,
  paths: string[],
): unknown {
  const { random } = place;
  const fields = [...type.fields].filter(
    ([name]) => !NEVER.has(`${type.name}.${name}`) && !(type.name === 'Volume' && name === 'name'),
  );
  if (fields.length === 0) {
    paths.push(path);
    return value;
  }
  const present = fields.filter(([name]) => value[name] !== undefined);
  const pool = random() < 0.55 && present.length > 0 ? present : fields;
  const weights = pool.map(
    ([name, { type: of }]) => weightOf(of) / (1 + (place.drawn.get(`${type.name}.${name}`) ?? 0)),
  );
  const [name, field] = pool[weighted(random, weights)]!;
  const key = `${type.name}.${name}`;
  place.drawn.set(key, (place.drawn.get(key) ?? 0) + (isDeep(field.type) ? DEEP : 1));
  const at = path === '' ? name : `${path}.${name}`;
  const inside: Place = { ...place, struct: type.name, field: name, depth: place.depth + 1, isWhole: true };
  const old = value[name];
  if (old === undefined) {
    paths.push(at);
    const added = randomValue(field.type, inside);
    return { ...withoutOthers(value, type.name, name), [name]: added };
  }
  if (random() < 0.15 && !['metadata', 'spec', 'containers', 'template'].includes(name)) {
    paths.push(`-${at}`);
    const { [name]: _, ...rest } = value;
    return rest;
  }
  return { ...value, [name]: edit(old, field.type, inside, at, paths) };
}

/** A member of a union takes the place of another one. */
function withoutOthers(value: Record<string, unknown>, struct: string, name: string): Record<string, unknown> {
  const union = UNIONS[struct];
  return union && !union.includes(name)
    ? Object.fromEntries(Object.entries(value).filter(([key]) => union.includes(key)))
    : value;
}

function editList(value: unknown[], of: StoredType, place: Place, path: string, paths: string[]): unknown {
  const { random } = place;
  const dice = random();
  if (value.length === 0 || dice < 0.2) {
    paths.push(`+${path}`);
    const at = Math.floor(random() * (value.length + 1));
    return [
      ...value.slice(0, at),
      unlike(randomValue(of, { ...place, isWhole: false }), of, value),
      ...value.slice(at),
    ];
  }
  if (dice < 0.3 && value.length > 1) {
    paths.push(`-${path}[]`);
    const at = Math.floor(random() * value.length);
    return value.filter((_, index) => index !== at);
  }
  if (dice < 0.4 && value.length > 1) {
    paths.push(`~${path}`);
    return [...value.slice(1), value[0]];
  }
  const at = Math.floor(random() * value.length);
  return value.map((item, index) =>
    index === at ? edit(item, of, { ...place, isWhole: false }, `${path}[]`, paths) : item,
  );
}

/** A volume that is added has a name of its own: two of a name are none that a server takes, whatever else it drops. */
function unlike(item: unknown, of: StoredType, others: readonly unknown[]): unknown {
  return of.kind === 'struct' && of.name === 'Volume' ? { ...(item as object), name: `more-${others.length}` } : item;
}

function editMap(value: Record<string, unknown>, of: StoredType, place: Place, path: string, paths: string[]): unknown {
  const { random } = place;
  const keys = Object.keys(value);
  const dice = random();
  if (keys.length === 0 || dice < 0.35) {
    paths.push(`+${path}`);
    return { ...value, [mapKey(random, place.field, of)]: randomValue(of, { ...place, isWhole: false }) };
  }
  const key = pick(random, keys);
  if (dice < 0.6) {
    paths.push(`-${path}{}`);
    const { [key]: _, ...rest } = value;
    return rest;
  }
  return { ...value, [key]: edit(value[key], of, { ...place, isWhole: false }, `${path}{}`, paths) };
}

/** What all objects have is drawn less often than what only this kind has. */
const weightOf = (type: StoredType): number =>
  type.kind === 'struct' && type.name === 'ObjectMeta' ? 3 : Math.min(leaves(type), 60);

/** A field with many others below is drawn on the way to each of them. */
const DEEP = 0.02;

function isDeep(type: StoredType): boolean {
  return leaves(type) > 8;
}

const counts = new Map<StoredType, number>();

/** About how many fields are below a type. */
function leaves(type: StoredType): number {
  const known = counts.get(type);
  if (known !== undefined) {
    return known;
  }
  counts.set(type, 1);
  const count =
    type.kind === 'struct'
      ? [...type.fields.values()].reduce((sum, field) => sum + Math.min(leaves(field.type), 60), 1)
      : type.kind === 'list' || type.kind === 'map'
        ? leaves(type.of)
        : 1;
  counts.set(type, count);
  return count;
}

function weighted(random: Random, weights: readonly number[]): number {
  let rest = random() * weights.reduce((sum, one) => sum + one, 0);
  for (let i = 0; i < weights.length; i++) {
    rest -= weights[i]!;
    if (rest < 0) {
      return i;
    }
  }
  return weights.length - 1;
}
