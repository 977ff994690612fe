import type { AnyKind } from './field';
import { isObject, listed, shown } from './words';

/** What is wrong with the JSON type of a value, and what to write; undefined when the type is right. */
export function wrongType(value: unknown, kind: AnyKind): { problem: string; fix: string } | undefined {
  if (fits(value, kind)) {
    return undefined;
  }
  return { problem: `must be ${NEEDED[kind.kind]}, but is ${shown(value)}`, fix: fixOf(value, kind) };
}

const NEEDED: Readonly<Record<AnyKind['kind'], string>> = {
  arn: 'a string',
  cidr: 'a string',
  json: 'an object',
  integer: 'an integer',
  list: 'a list',
  'list-or-map': 'a list or an object of strings',
  map: 'an object',
  number: 'a number',
  'one-of': 'a string',
  struct: 'an object',
  string: 'a string',
  boolean: 'a boolean',
};

function fits(value: unknown, { kind }: AnyKind): boolean {
  switch (kind) {
    case 'integer':
      return Number.isSafeInteger(value);
    case 'number':
      return Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value);
    case 'list-or-map':
      return Array.isArray(value) || isObject(value);
    case 'json':
    case 'map':
    case 'struct':
      return isObject(value);
    default:
      return typeof value === 'string';
  }
}

function fixOf(value: unknown, kind: AnyKind): string {
  switch (kind.kind) {
    case 'integer':
    case 'number': {
      const meant = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number(value && Number.NaN);
      return fits(meant, kind) ? `write ${meant} without quotes` : `write ${NEEDED[kind.kind]}, such as 3`;
    }
    case 'boolean':
      return 'write true or false, without quotes';
    case 'list':
      return typeof value === 'string' && kind.of.kind === 'string'
        ? `write ['${value}']`
        : 'write a list, with a dash before each entry';
    case 'list-or-map':
      return "write [{ key: 'dedicated', value: 'db', effect: 'NoSchedule' }]";
    case 'struct':
      return `write an object with ${listed(Object.keys(kind.properties).slice(0, 6))}`;
    case 'map':
    case 'json':
      return 'write an object of keys and values';
    default:
      return stringFix(value);
  }
}

/** Unquoted, YAML reads some strings as numbers or booleans. */
function stringFix(value: unknown): string {
  if (typeof value === 'number') {
    // 1.30 has become 1.3
    const orWithZero = /^\d+\.\d$/.test(String(value)) ? `, or '${value}0' if intended` : '';
    return `write it in quotes: '${value}'${orWithZero}`;
  }
  if (typeof value === 'boolean') {
    const words = value ? 'y, yes, on or true' : 'n, no, off or false';
    return `write it in quotes, such as '${value}': YAML reads an unquoted ${words} as a boolean`;
  }
  return 'write a string';
}
