import { isObject, type Loose } from '../../../kube/loose';
import { setProto } from '../../../kube/plain-data';
import type { StoredField, StoredStruct, StoredType } from '../../../kube/stored/types';
import { DEFAULTS } from './defaults';
import type { Draft, Server } from './draft';
import { storedQuantity } from './quantities';
import { hasGates, isServed } from './served';
import { isEmpty } from './values';

/**
 * What the API server keeps of a value: known fields, defaults filled in, quantities in their shortest form, nothing that
 * is empty. What is not of its type is kept as it is: the server refuses it.
 */
export function stored(value: unknown, type: StoredType, server: Server): unknown {
  switch (type.kind) {
    case 'struct':
      return isObject(value) ? storedStruct(value, type, server) : value;
    case 'list':
      return Array.isArray(value) ? value.map((item) => stored(item, type.of, server)) : value;
    case 'map':
      return isObject(value) ? storedMap(value, type.of, server) : value;
    case 'quantity':
      return storedQuantity(value);
    case 'time':
      return storedTime(value);
    default:
      return value;
  }
}

function storedStruct(value: object, type: StoredStruct, server: Server): Draft {
  const draft: Draft = { ...value };
  const defaults = DEFAULTS.get(type.name);
  if (defaults) {
    fillIn(draft, type, defaults.values);
    defaults.fill?.(draft, server);
  }
  const result: Draft = {};
  const isGated = hasGates(type.name);
  for (const name in draft) {
    const field = type.fields.get(name);
    const item = field && storedField(draft[name], field, server);
    if (item !== undefined && !(isGated && !isServed(type.name, name, server.version))) {
      result[name] = item;
    }
  }
  for (const [name, { type: of }] of alwaysWritten(type)) {
    result[name] ??= emptyOf(of, server);
  }
  return result;
}

const always = new WeakMap<StoredStruct, readonly (readonly [string, StoredField])[]>();

/** Few fields are written though nothing was given, and most are not given. */
function alwaysWritten(type: StoredStruct): readonly (readonly [string, StoredField])[] {
  const known = always.get(type) ?? [...type.fields].filter(([, field]) => field.always);
  always.set(type, known);
  return known;
}

function fillIn(draft: Draft, type: StoredStruct, values: Loose = {}): void {
  for (const name in values) {
    const value = draft[name];
    const isMissing = type.fields.get(name)?.keepsEmpty ? value === undefined || value === null : isEmpty(value);
    if (isMissing) {
      draft[name] = values[name];
    }
  }
}

function storedField(value: unknown, field: StoredField, server: Server): unknown {
  if (value === undefined || value === null) {
    return undefined;
  }
  const item = stored(value, field.type, server);
  return field.keepsEmpty || field.always || !isEmpty(item) ? item : undefined;
}

/** What a field is that is written though nothing was given. */
function emptyOf(type: StoredType, server: Server): unknown {
  switch (type.kind) {
    case 'struct':
      return storedStruct({}, type, server);
    case 'string':
      return '';
    case 'number':
    case 'number or string':
      return 0;
    case 'boolean':
      return false;
    default:
      return '0';
  }
}

function storedMap(value: object, type: StoredType, server: Server): Draft {
  const result: Draft = {};
  for (const [key, item] of Object.entries(value)) {
    // a label without a value is one with an empty value
    const kept = item === null && type.kind === 'string' ? '' : stored(item, type, server);
    if (key === '__proto__') {
      setProto(result, kept);
    } else {
      result[key] = kept;
    }
  }
  return result;
}

/** Times are in UTC, in whole seconds or with six digits as they were given. */
function storedTime(value: unknown): unknown {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) || /\.\d+/.test(value as string)
    ? value
    : `${new Date(time).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}Z`;
}
