import { describe } from '../../kube/describe';
import type { KeyWord } from '../../kube/values';

interface TypeProblem {
  readonly field: string;
  readonly message: string;
  readonly fix: string;
}

/**
 * What is wrong with the type of a value. TypeScript refuses the same, but not in what is spread or cast, or comes from
 * JavaScript, where a list with a hole would be a TypeError later, and a flag 'false' would count as true.
 */
export function problemOfType(field: string, value: unknown, type: KeyWord): TypeProblem | undefined {
  if (value === null) {
    return { field, message: `${field} must not be null`, fix: 'leave it out' };
  }
  if (value === undefined || type === true) {
    return undefined;
  }
  const { fits, what, fix } = TYPES[type];
  if (!fits(value)) {
    return { field, message: `${field} must be ${what}, but is ${describe(value)}`, fix };
  }
  return type === 'list' || type === 'texts' ? problemOfEntries(field, value as readonly unknown[], type) : undefined;
}

/** Whether a value has the type, as nearly all do: nothing is composed for them. */
export function isOfType(value: unknown, type: KeyWord): boolean {
  return problemOfType('', value, type) === undefined;
}

type Word = Exclude<KeyWord, true>;
const list = { fits: Array.isArray, what: 'a list', fix: 'write [ ... ]' };
const TYPES: Readonly<Record<Word, { fits(value: unknown): boolean; what: string; fix: string }>> = {
  boolean: { fits: (value) => typeof value === 'boolean', what: 'a boolean', fix: 'write true or false' },
  text: { fits: (value) => typeof value === 'string', what: 'a string', fix: 'write a string, in quotes' },
  list,
  texts: list,
  map: { fits: isRecord, what: 'an object of values by name', fix: 'write { name: value }' },
  object: {
    fits: (value) => typeof value === 'object',
    what: 'an object',
    fix: 'leave it out, or write it as documented',
  },
};

function problemOfEntries(field: string, entries: readonly unknown[], type: Word): TypeProblem | undefined {
  for (let at = 0; at < entries.length; at++) {
    const one = entries[at];
    if (one === undefined || one === null || (type === 'texts' && typeof one !== 'string')) {
      const place = `${field}[${at}]`;
      return one === undefined || one === null
        ? { field: place, message: `${place} must not be ${one}`, fix: 'leave the entry out, or give it a value' }
        : {
            field: place,
            message: `${place} must be a string, but is ${describe(one)}`,
            fix: 'write a string, in quotes',
          };
    }
  }
  return undefined;
}

/** An object by itself: a Map, a Date and the like have no entries of their own. */
function isRecord(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  // in a sandbox of a test runner Object is another one
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
