import { STORED_KINDS, STORED_STRUCTS } from './generated';

/** The type of a value, as the API server keeps it. */
export type StoredType =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'quantity' | 'number or string' | 'time' | 'bytes' | 'anything' }
  | { readonly kind: 'list' | 'map'; readonly of: StoredType }
  | StoredStruct;

/** An object with known fields. */
export interface StoredStruct {
  readonly kind: 'struct';
  /** 'PodSpec'. */
  readonly name: string;
  readonly fields: ReadonlyMap<string, StoredField>;
}

export interface StoredField {
  readonly type: StoredType;
  /** Whether a value that is empty is another one than none: `replicas: 0`. */
  readonly keepsEmpty: boolean;
  /** Whether it is written where nothing was given, as the empty value of its type. */
  readonly always: boolean;
  /** How an apply merges it. @default - maps key by key, lists as a whole */
  readonly patch?: Patch;
}

/** How an apply merges a field. */
export interface Patch {
  /** The field by which items of a list are the same; '' for items that are values. */
  readonly key?: string;
  /** Whether what the manifest does not name is dropped, of the field or of each item. */
  readonly retainsKeys?: boolean;
  /** Whether a map is one value. */
  readonly replaces?: boolean;
}

const SCALARS: Readonly<Record<string, StoredType>> = {
  s: { kind: 'string' },
  n: { kind: 'number' },
  b: { kind: 'boolean' },
  q: { kind: 'quantity' },
  x: { kind: 'number or string' },
  t: { kind: 'time' },
  y: { kind: 'bytes' },
  u: { kind: 'anything' },
};

const structs = new Map<string, StoredStruct>();

/** The type of a kind of Kubernetes; undefined for a custom resource. */
export function storedKind(apiVersion: string, kind: string): StoredStruct | undefined {
  const key = `${apiVersion}/${kind}`;
  return Object.hasOwn(STORED_KINDS, key) ? structOf(STORED_KINDS[key]!) : undefined;
}

/** Read when it is first asked for. */
function structOf(name: string): StoredStruct {
  const known = structs.get(name);
  if (known) {
    return known;
  }
  const fields = new Map<string, StoredField>();
  const struct: StoredStruct = { kind: 'struct', name, fields };
  // before its fields are read, which may lead back to it
  structs.set(name, struct);
  for (const [, field, flag, patch, type] of STORED_STRUCTS[name]!.matchAll(FIELD)) {
    fields.set(field!, fieldOf(typeOf(type!), flag!, patch));
  }
  return struct;
}

/** 'ports:<containerPort>[ContainerPort'. */
const FIELD = /([^{},:!*]+)([!*]?):(?:<([^>]*)>)?([^,}]+)/g;

function fieldOf(type: StoredType, flag: string, patch: string | undefined): StoredField {
  return {
    type,
    keepsEmpty: flag === '*',
    always: (flag === '!' && !EMPTY_IS_NONE.has(type.kind)) || (flag === '' && ALWAYS.has(type.kind)),
    ...(patch === undefined ? {} : { patch: patchOf(patch) }),
  };
}

/** Structs of Go, which cannot be absent unless they are behind a pointer. */
const ALWAYS: ReadonlySet<string> = new Set(['struct', 'quantity', 'number or string']);
/** Between none and an empty one the storage makes no difference. */
const EMPTY_IS_NONE: ReadonlySet<string> = new Set(['list', 'map', 'time', 'bytes', 'anything']);

function patchOf(text: string): Patch {
  if (text === '-') {
    return { replaces: true };
  }
  const retainsKeys = text.endsWith('+');
  const key = retainsKeys ? text.slice(0, -1) : text;
  return { ...(text === '+' ? {} : { key }), ...(retainsKeys ? { retainsKeys } : {}) };
}

function typeOf(text: string): StoredType {
  return text.startsWith('[')
    ? { kind: 'list', of: typeOf(text.slice(1)) }
    : text.startsWith('%')
      ? { kind: 'map', of: typeOf(text.slice(1)) }
      : (SCALARS[text] ?? structOf(text));
}
