import type { Manifest } from './objects';
import { MAX_DEPTH, setProto } from './plain-data';
import { ANYTHING, isKnownKind, type Shape, type Struct, shapeOfKind, shapeOfNamesake } from './shapes/shape';
import { indexPath, keyPath } from './text';

/** A value of the wrong JSON type. */
export interface TypeProblem {
  /** 'spec.template.spec.containers'. */
  readonly field: string;
  /** 'spec.template.spec.containers must be a list, but is a string': without the value, which may be secret. */
  readonly message: string;
  readonly fix: string;
}

export interface Stripped {
  /** The manifest itself when nothing of it is dropped, else a copy. */
  readonly manifest: Manifest;
  readonly problems: readonly TypeProblem[];
  /** Characters of all texts and keys, and some for each other value: about what the manifest takes as JSON. */
  readonly size: number;
  /** Whether all fields are known, all required ones set and all values of a list of values known: there is no form problem. */
  readonly conforms: boolean;
  /** Whether it holds `matchExpressions` or `matchFields` anywhere. */
  readonly hasExpressions: boolean;
}

/**
 * A manifest without values of a JSON type that its kind does not have there, and without nulls. What is unknown, and
 * the spec of an unknown kind, stays as it is but for nulls.
 */
export function stripInvalid(manifest: Manifest): Stripped {
  const { apiVersion, kind } = manifest;
  const stripped = stripBy(shapeOfKind(apiVersion, kind), manifest);
  const namesake = isKnownKind(apiVersion, kind) ? undefined : shapeOfNamesake(kind);
  // rules may read an Ingress of any version; it need not be one, so that nothing is wrong with what they cannot read
  return namesake ? { ...stripped, manifest: stripBy(namesake, stripped.manifest).manifest } : stripped;
}

function stripBy(shape: Shape, manifest: Manifest): Stripped {
  const seen: Seen = { size: 0, conforms: true, hasExpressions: false };
  if (isValid(manifest, shape, 0, seen)) {
    return { manifest, problems: [], ...seen };
  }
  const problems: TypeProblem[] = [];
  const kept = new Stripper(problems).keep(manifest, shape, '');
  // the walk has ended early
  return {
    manifest: kept as Manifest,
    problems,
    size: Number.POSITIVE_INFINITY,
    conforms: false,
    hasExpressions: true,
  };
}

/** What a walk has met, so that no rule has to walk for it again. */
interface Seen {
  size: number;
  conforms: boolean;
  hasExpressions: boolean;
}

/** Fields of every kind, which no shape has. */
const HEAD: ReadonlySet<string> = new Set(['apiVersion', 'kind']);

/** A number, a truth value, or the marks around a text. */
const SCALAR_SIZE = 6;

/** The check alone: nearly every manifest passes, and needs neither paths nor a copy. */
function isValid(value: unknown, shape: Shape, depth: number, seen: Seen): boolean {
  const { kind } = shape;
  if (typeof value === 'string') {
    return isValidText(value, shape, seen);
  }
  seen.size += SCALAR_SIZE;
  if (kind !== 'anything' && !fits(value, kind)) {
    return false;
  }
  if (typeof value !== 'object') {
    return value !== undefined;
  }
  if (value === null || depth > MAX_DEPTH) {
    return false;
  }
  if (Array.isArray(value)) {
    const of = itemShape(shape);
    for (let i = 0; i < value.length; i++) {
      if (!isValid(value[i], of, depth + 1, seen)) {
        return false;
      }
    }
    return true;
  }
  return hasValidFields(value as Readonly<Record<string, unknown>>, shape, depth, seen);
}

function isValidText(text: string, shape: Shape, seen: Seen): boolean {
  const { kind } = shape;
  seen.size += SCALAR_SIZE + text.length;
  if (kind === 'string') {
    seen.conforms &&= shape.values === undefined || shape.values.includes(text);
    return true;
  }
  return kind === 'anything' || kind === 'string or number';
}

function hasValidFields(value: Readonly<Record<string, unknown>>, shape: Shape, depth: number, seen: Seen): boolean {
  const struct = shape.kind === 'struct' ? shape : undefined;
  const ofAll = shape.kind === 'map' ? shape.of : ANYTHING;
  let length = 0;
  // several times faster than over a list of its keys; plain data inherits none
  for (const key in value) {
    const item = value[key];
    let of = ofAll;
    length += key.length;
    if (struct !== undefined) {
      const own = struct.fields.get(key);
      if (own !== undefined) {
        of = own;
      } else if (depth > 0 || !HEAD.has(key)) {
        seen.conforms = false;
      }
    }
    if (typeof item === 'string' && of.kind === 'string' && of.values === undefined) {
      // most are such texts, which are not worth a call
      length += SCALAR_SIZE + item.length;
    } else if (item !== undefined && !isValid(item, of, depth + 1, seen)) {
      return false;
    }
    if (key === 'matchExpressions' || key === 'matchFields') {
      seen.hasExpressions = true;
    }
  }
  seen.size += length;
  if (struct !== undefined) {
    for (let i = 0; i < struct.required.length; i++) {
      seen.conforms &&= value[struct.required[i]!] !== undefined;
    }
  }
  return true;
}

const DROPPED = Symbol('dropped');

class Stripper {
  private readonly ancestors = new Set<object>();

  constructor(private readonly problems: TypeProblem[]) {}

  keep(value: unknown, shape: Shape, path: string): unknown {
    const expected = value === null || value === undefined ? undefined : mismatch(value, shape);
    if (expected) {
      return this.drop(path, `must be ${ARTICLE[expected]}, but is ${typeOf(value)}`, fixFor(expected, value));
    }
    if (typeof value !== 'object' || value === null) {
      return value ?? DROPPED;
    }
    if (this.ancestors.has(value) || this.ancestors.size > MAX_DEPTH) {
      return this.drop(path, 'contains itself, or is nested too deeply', 'write a flatter object');
    }
    this.ancestors.add(value);
    const kept = Array.isArray(value) ? this.keepItems(value, shape, path) : this.keepFields(value, shape, path);
    this.ancestors.delete(value);
    return kept;
  }

  private keepItems(list: readonly unknown[], shape: Shape, path: string): unknown {
    const of = itemShape(shape);
    return list.map((item, i) => this.keepItem(item, of, indexPath(path, i))).filter((item) => item !== DROPPED);
  }

  /** A field that is null is a field left out; in a list of objects it is an object without its fields. */
  private keepItem(item: unknown, shape: Shape, path: string): unknown {
    return item === null && shape.kind === 'struct'
      ? this.drop(path, 'must be an object, but is null', 'delete the item, or write its fields')
      : this.keep(item, shape, path);
  }

  private keepFields(object: object, shape: Shape, path: string): unknown {
    const result: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(object)) {
      const kept = this.keep(item, fieldShape(shape, key) ?? ANYTHING, keyPath(path, key));
      if (kept !== DROPPED) {
        if (key === '__proto__') {
          setProto(result, kept);
        } else {
          result[key] = kept;
        }
      }
    }
    return result;
  }

  private drop(field: string, problem: string, fix: string): typeof DROPPED {
    this.problems.push({ field, message: `${field} ${problem}`, fix });
    return DROPPED;
  }
}

function itemShape(shape: Shape): Shape {
  return shape.kind === 'list' ? shape.of : ANYTHING;
}

/** undefined for a field that a struct does not have. */
function fieldShape(shape: Shape, key: string): Shape | undefined {
  return shape.kind === 'struct' ? (shape as Struct).fields.get(key) : shape.kind === 'map' ? shape.of : ANYTHING;
}

/** The kind of value that belongs there, where the value is not of it. */
function mismatch(value: unknown, shape: Shape): Exclude<Shape['kind'], 'anything'> | undefined {
  const { kind } = shape;
  return kind === 'anything' || fits(value, kind) ? undefined : kind;
}

function fits(value: unknown, kind: Exclude<Shape['kind'], 'anything'>): boolean {
  switch (kind) {
    case 'string':
    case 'boolean':
      return typeof value === kind;
    case 'number':
      return Number.isFinite(value);
    case 'string or number':
      return typeof value === 'string' || Number.isFinite(value);
    case 'list':
      return Array.isArray(value);
    default:
      return typeof value === 'object' && !Array.isArray(value);
  }
}

const ARTICLE = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  'string or number': 'a string or a number',
  list: 'a list',
  map: 'an object',
  struct: 'an object',
} as const;

/** "a list", for messages. */
export function typeOf(value: unknown): string {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? 'a number' : String(value);
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'a list' : 'an object';
    default:
      return `a ${typeof value}`;
  }
}

function fixFor(expected: keyof typeof ARTICLE, value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return `write ${ARTICLE[expected]}, or leave the field out`;
  }
  return expected === 'string' && typeof value !== 'object'
    ? 'put the value in quotes'
    : typeof value === 'string' && (expected === 'number' || expected === 'boolean')
      ? `write ${ARTICLE[expected]}, without quotes`
      : `write ${ARTICLE[expected]}, or leave the field out`;
}
