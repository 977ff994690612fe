import { entryOf } from '../collections';
import { CUSTOM_SHAPES } from './custom';
import { SHAPES } from './generated';

const ALL: Readonly<Record<string, string>> = { ...SHAPES, ...CUSTOM_SHAPES };

/** The JSON type of a value. */
export type Shape =
  | { readonly kind: 'number' | 'boolean' | 'string or number' | 'anything' }
  | { readonly kind: 'string'; readonly values?: readonly string[] }
  | { readonly kind: 'list' | 'map'; readonly of: Shape }
  | Struct;

/** An object with known fields, which may have others. */
export interface Struct {
  readonly kind: 'struct';
  readonly fields: ReadonlyMap<string, Shape>;
  readonly required: readonly string[];
  /** Whether it has fields that are not known. */
  readonly open: boolean;
}

export const ANYTHING: Shape = { kind: 'anything' };

const SCALARS: Readonly<Record<string, Shape>> = {
  s: { kind: 'string' },
  n: { kind: 'number' },
  b: { kind: 'boolean' },
  x: { kind: 'string or number' },
  u: ANYTHING,
};

const structs = new Map<string, Struct>();
/** Of the kinds that were asked for, by apiVersion, then by kind: it is asked for each object. */
const kinds = new Map<string, Map<string, Struct>>();

/** The shape of a kind of Kubernetes or of a known custom resource; of any other only the metadata is known. */
export function shapeOfKind(apiVersion: string, kind: string): Struct {
  return shapeOfKnownKind(apiVersion, kind) ?? otherKind();
}

/** The shape of a kind whose fields are known. */
export function shapeOfKnownKind(apiVersion: string, kind: string): Struct | undefined {
  const known = kinds.get(apiVersion)?.get(kind);
  if (known !== undefined) {
    return known;
  }
  const found = structOf(`${apiVersion}/${kind}`);
  if (found !== undefined) {
    entryOf(kinds, apiVersion, newMap).set(kind, found);
  }
  return found;
}

const newMap = () => new Map<string, Struct>();

/** Whether the fields of a kind are known. */
export function isKnownKind(apiVersion: string, kind: string): boolean {
  return Object.hasOwn(ALL, `${apiVersion}/${kind}`);
}

/** The shape of the kinds of this name that are known, whatever their group and version. */
export function shapeOfNamesake(kind: string): Struct | undefined {
  namesakes ??= new Map(Object.keys(SHAPES).map((name) => [name.slice(name.lastIndexOf('/') + 1), name]));
  const name = namesakes.get(kind);
  return name?.includes('/') ? structOf(name) : undefined;
}

let namesakes: ReadonlyMap<string, string> | undefined;

function otherKind(): Struct {
  return { kind: 'struct', fields: new Map([['metadata', structOf('ObjectMeta')!]]), required: [], open: false };
}

/** Read when it is first asked for. */
function structOf(name: string): Struct | undefined {
  const known = structs.get(name);
  if (known || !Object.hasOwn(ALL, name)) {
    return known;
  }
  const struct = newStruct();
  // before its fields are read, which may lead back to it
  structs.set(name, struct);
  const tokens = new Tokens(ALL[name]!);
  tokens.passes('{');
  readRest(tokens, struct);
  return struct;
}

class Tokens {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(text: string) {
    this.tokens = text.match(/[[%{}:,]|[^[%{}:,]+/g) ?? [];
  }

  next(): string {
    return this.tokens[this.at++] ?? '';
  }

  /** Whether the next token is this one, which is then passed. */
  passes(token: string): boolean {
    const found = this.tokens[this.at] === token;
    this.at += found ? 1 : 0;
    return found;
  }
}

function readShape(tokens: Tokens): Shape {
  if (tokens.passes('[')) {
    return { kind: 'list', of: readShape(tokens) };
  }
  if (tokens.passes('%')) {
    return { kind: 'map', of: readShape(tokens) };
  }
  if (tokens.passes('{')) {
    return readRest(tokens, newStruct());
  }
  const name = tokens.next();
  return SCALARS[name] ?? (name.startsWith('s(') ? withValues(name) : structOf(name)!);
}

/** 's(TCP|UDP)'. */
function withValues(text: string): Shape {
  return { kind: 'string', values: text.slice('s('.length, -')'.length).split('|') };
}

/** A struct while it is read. */
interface OpenStruct extends Struct {
  readonly fields: Map<string, Shape>;
  readonly required: string[];
  open: boolean;
}

function newStruct(): OpenStruct {
  return { kind: 'struct', fields: new Map(), required: [], open: false };
}

/** A text as engines keep the keys of objects: of two such texts no characters are compared. */
function asKey(text: string): string {
  for (const key in { [text]: true }) {
    return key;
  }
  return text;
}

/** The fields up to the closing brace. */
function readRest(tokens: Tokens, struct: OpenStruct): Struct {
  while (!tokens.passes('}')) {
    if (tokens.passes('..')) {
      struct.open = true;
      continue;
    }
    const [name, required] = tokens.next().split('!') as [string, string | undefined];
    tokens.passes(':');
    struct.fields.set(asKey(name), readShape(tokens));
    if (required !== undefined) {
      struct.required.push(name);
    }
    tokens.passes(',');
  }
  return struct;
}
