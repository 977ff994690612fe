import { describe } from '../../kube/describe';

import { listed } from '../../kube/text';

export { keyPath as pathOf, listed } from '../../kube/text';

/** Whether a value is an object, and not a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value with its JSON type, as a message shows it: "the number 1.34". */
export function shown(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `the string ${describe(value)}`;
    case 'number':
      return `the number ${value}`;
    case 'boolean':
      return `the boolean ${value}`;
    default:
      return Array.isArray(value)
        ? `the list ${describe(value)}`
        : isObject(value)
          ? `the object ${describe(value)}`
          : describe(value);
  }
}

/** Quoted words, as a choice: "'a', 'b' or 'c'". */
export function quoted(words: readonly string[]): string {
  return words.length < 2 ? listed(words) : `${listed(words.slice(0, -1))} or ${listed(words.slice(-1))}`;
}
