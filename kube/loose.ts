/** A part of an object whose kind has no type here: any field may be missing, or of any type. */
export type Loose = Readonly<Record<string, unknown>>;

/** Whether a value is an object, and not a list. */
export function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an object is made of keys and values only: `{}`, or one without a prototype, of whatever realm. */
export function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) {
    return true;
  }
  // Object.prototype of another realm
  return Object.getPrototypeOf(prototype) === null;
}

/** The value as an object; anything else as an empty one. */
export function asObject(value: unknown): Loose {
  return isObject(value) ? value : {};
}

/** The value as a list of objects; anything else as an empty one. */
export function asList(value: unknown): readonly Loose[] {
  return Array.isArray(value) ? (value as unknown[]).map(asObject) : [];
}
