import { describe } from '../../kube/describe';

import { isObject } from '../../kube/loose';
import { listed } from '../../kube/text';

export { isObject } from '../../kube/loose';
export { keyPath as pathOf, listed } from '../../kube/text';

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
