import { expressionsFit } from './match-expressions';
import { MAX_DEPTH } from './plain-data';
import { ANYTHING, type Shape, type Struct } from './shapes/shape';

/**
 * What a walk over a manifest has met, so that no rule has to walk for it again. The walks over all manifests of a set, which
 * nobody changes meanwhile, share one.
 */
export class Seen {
  size = 0;
  conforms = true;
  hasExpressions = false;
  /** Whether the values of all requirements of selectors fit their operators. */
  expressionsFit = true;
  /** The last long map of texts, and its size: all objects of a workload have one object for their labels. */
  texts: object | undefined;
  sizeOfTexts = 0;
}

/** Smaller maps are walked again, rather than that they make the labels forgotten. */
const LONG = 100;

/** Fields of every kind, which no shape has. */
const HEAD: ReadonlySet<string> = new Set(['apiVersion', 'kind']);

/** A number, a truth value, or the marks around a text. */
const SCALAR_SIZE = 6;

/** Whether all values have the types of a shape. Nearly every manifest passes, and needs neither paths nor a copy. */
export function isOfShape(manifest: object, shape: Shape, seen: Seen): boolean {
  seen.size = 0;
  seen.conforms = true;
  seen.hasExpressions = false;
  seen.expressionsFit = true;
  return isValid(manifest, shape, 0, seen);
}

function isValid(value: unknown, shape: Shape, depth: number, seen: Seen): boolean {
  const { kind } = shape;
  if (typeof value === 'string') {
    return isValidText(value, shape, seen);
  }
  seen.size += SCALAR_SIZE;
  if (typeof value !== 'object') {
    return value !== undefined && (kind === 'anything' || fits(value, kind));
  }
  if (value === null || depth > MAX_DEPTH) {
    return false;
  }
  if (Array.isArray(value)) {
    return (kind === 'list' || kind === 'anything') && hasValidItems(value, itemShape(shape), depth, seen);
  }
  const fields = value as Fields;
  switch (kind) {
    case 'struct':
      return hasValidFields(fields, shape as Struct, depth, seen);
    case 'map':
      return isOfTexts(fields, shape.of, seen) || hasValidValues(fields, shape.of, depth, seen);
    case 'anything':
      return hasValidValues(fields, ANYTHING, depth, seen);
    default:
      return false;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function isValidText(text: string, shape: Shape, seen: Seen): boolean {
  const { kind } = shape;
  seen.size += SCALAR_SIZE + text.length;
  if (kind === 'string') {
    seen.conforms &&= shape.values === undefined || shape.values.includes(text);
    return true;
  }
  return kind === 'anything' || kind === 'string or number';
}

function hasValidItems(list: readonly unknown[], of: Shape, depth: number, seen: Seen): boolean {
  for (let i = 0; i < list.length; i++) {
    if (!isValid(list[i], of, depth + 1, seen)) {
      return false;
    }
  }
  return true;
}

function hasValidFields(value: Fields, { fields, required }: Struct, depth: number, seen: Seen): boolean {
  let length = 0;
  // several times faster than over a list of its keys; plain data inherits none
  for (const key in value) {
    const item = value[key];
    const of = fields.get(key);
    length += key.length;
    if (of === undefined && (depth > 0 || !HEAD.has(key))) {
      seen.conforms = false;
    }
    if (typeof item === 'string' && of !== undefined && of.kind === 'string' && of.values === undefined) {
      // most are such texts, which are not worth a call
      length += SCALAR_SIZE + item.length;
      continue;
    }
    if (item !== undefined && !isValid(item, of ?? ANYTHING, depth + 1, seen)) {
      return false;
    }
    if (key === 'matchExpressions' || key === 'matchFields') {
      seen.hasExpressions = true;
      seen.expressionsFit &&= expressionsFit(item);
    }
  }
  seen.size += length;
  for (let i = 0; i < required.length; i++) {
    seen.conforms &&= value[required[i]!] !== undefined;
  }
  return true;
}

function hasValidValues(value: Fields, of: Shape, depth: number, seen: Seen): boolean {
  let length = 0;
  for (const key in value) {
    const item = value[key];
    length += key.length;
    if (item !== undefined && !isValid(item, of, depth + 1, seen)) {
      return false;
    }
    if (key === 'matchExpressions' || key === 'matchFields') {
      seen.hasExpressions = true;
      seen.expressionsFit &&= expressionsFit(item);
    }
  }
  seen.size += length;
  return true;
}

/** Whether the values of a map are texts and have to be, as those of labels are. */
function isOfTexts(map: Fields, of: Shape, seen: Seen): boolean {
  if (of.kind !== 'string' || of.values !== undefined) {
    return false;
  }
  if (map === seen.texts) {
    seen.size += seen.sizeOfTexts;
    return true;
  }
  let size = 0;
  for (const key in map) {
    const text = map[key];
    if (typeof text !== 'string') {
      return false;
    }
    size += key.length + SCALAR_SIZE + text.length;
  }
  if (size > LONG) {
    seen.texts = map;
    seen.sizeOfTexts = size;
  }
  seen.size += size;
  return true;
}

export function itemShape(shape: Shape): Shape {
  return shape.kind === 'list' ? shape.of : ANYTHING;
}

/** Whether a value is of a JSON type. */
export function fits(value: unknown, kind: Exclude<Shape['kind'], 'anything'>): boolean {
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
