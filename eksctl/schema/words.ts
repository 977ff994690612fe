import { describe } from '../../kube/describe';

export { keyPath as pathOf } from '../../kube/text';

/** Whether a value is an object of keys and values, and no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value with its JSON type, as a message shows it: "the number 1.34". */
export function shown(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `the text ${describe(value)}`;
    case 'number':
      return `the number ${value}`;
    case 'boolean':
      return `the truth value ${value}`;
    default:
      return Array.isArray(value)
        ? `the list ${describe(value)}`
        : isObject(value)
          ? `the object ${describe(value)}`
          : describe(value);
  }
}

/** Words between quotes, for a choice. */
export function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(' or ');
}

/** Words between quotes, as a list. */
export function listed(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}
