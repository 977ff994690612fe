import type { Manifest } from './objects';
import { fits, isOfShape, itemShape, Seen } from './of-shape';
import { MAX_DEPTH, setProto } from './plain-data';
import { ANYTHING, type Shape, type Struct, shapeOfKind, shapeOfKnownKind, shapeOfNamesake } from './shapes/shape';
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
  /** Whether the values of all of these fit their operators. */
  readonly expressionsFit: boolean;
}

/**
 * A manifest without values of a JSON type that its kind does not have there, and without nulls. What is unknown, and
 * the spec of an unknown kind, stays as it is but for nulls.
 *
 * @param seen of the set that the manifest is of
 */
export function stripInvalid(manifest: Manifest, seen = new Seen()): Stripped {
  const { apiVersion, kind } = manifest;
  const known = shapeOfKnownKind(apiVersion, kind);
  if (known) {
    return stripBy(known, manifest, seen);
  }
  const stripped = stripBy(shapeOfKind(apiVersion, kind), manifest, seen);
  const namesake = shapeOfNamesake(kind);
  // rules may read an Ingress of any version; it need not be one, so that nothing is wrong with what they cannot read
  return namesake ? { ...stripped, manifest: stripBy(namesake, stripped.manifest, seen).manifest } : stripped;
}

function stripBy(shape: Shape, manifest: Manifest, seen: Seen): Stripped {
  if (isOfShape(manifest, shape, seen)) {
    const { size, conforms, hasExpressions, expressionsFit } = seen;
    return { manifest, problems: NONE, size, conforms, hasExpressions, expressionsFit };
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
    expressionsFit: false,
  };
}

const NONE: readonly TypeProblem[] = [];
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

/** undefined for a field that a struct does not have. */
function fieldShape(shape: Shape, key: string): Shape | undefined {
  return shape.kind === 'struct' ? (shape as Struct).fields.get(key) : shape.kind === 'map' ? shape.of : ANYTHING;
}

/** The kind of value that belongs there, where the value is not of it. */
function mismatch(value: unknown, shape: Shape): Exclude<Shape['kind'], 'anything'> | undefined {
  const { kind } = shape;
  return kind === 'anything' || fits(value, kind) ? undefined : kind;
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
