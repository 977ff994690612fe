import * as fc from 'fast-check';

/** A value as JSON has it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/** An object as JSON has it: a ClusterConfig of no particular shape. */
export type JsonObject = { readonly [key: string]: Json };

/** Leaves the key or the item out; in a patch, takes the key away. */
export const ABSENT = Symbol('absent');
/** In a patch: adds the items to the list that is there. */
class Appended {
  constructor(readonly items: readonly Part[]) {}
}

type Part =
  | null
  | boolean
  | number
  | string
  | typeof ABSENT
  | Appended
  | readonly Part[]
  | { readonly [key: string]: Part };
/** Values with arbitraries anywhere in them. */
export type Template =
  | fc.Arbitrary<Part>
  | Exclude<Part, object>
  | null
  | readonly Template[]
  | { readonly [key: string]: Template };
/** What a template makes: changes to a config or a part of it. */
export type Patch = Part;

/** The values of a template. */
export function valuesOf(template: Template): fc.Arbitrary<Part> {
  if (template instanceof fc.Arbitrary) {
    return template;
  }
  if (Array.isArray(template)) {
    return fc.tuple(...template.map(valuesOf));
  }
  if (typeof template === 'object' && template !== null) {
    const entries = Object.entries(template).map(([key, value]) => [key, valuesOf(value)] as const);
    return fc.record(Object.fromEntries(entries)) as fc.Arbitrary<Part>;
  }
  return fc.constant(template as Part);
}

/** One of the values, each as likely as the next. */
export function one(...templates: readonly Template[]): fc.Arbitrary<Part> {
  return fc.oneof(...templates.map(valuesOf));
}

/** There or not. */
export function maybe(template: Template): fc.Arbitrary<Part> {
  return one(template, ABSENT);
}

/** Seldom there: once in five times. */
export function rarely(template: Template): fc.Arbitrary<Part> {
  return fc.oneof({ weight: 1, arbitrary: valuesOf(template) }, { weight: 4, arbitrary: fc.constant(ABSENT as Part) });
}

export function list(template: Template, min: number, max: number): fc.Arbitrary<Part> {
  return fc.array(valuesOf(template), { minLength: min, maxLength: max }) as fc.Arbitrary<Part>;
}

/** Adds the items to the list that is there, or makes one. */
export function append(...items: readonly Template[]): fc.Arbitrary<Part> {
  return fc.tuple(...items.map(valuesOf)).map((made) => new Appended(made));
}

/** The value with a patch over it: objects key by key, everything else as a whole. */
export function patched(value: Json | undefined, patch: Part): Json | undefined {
  if (patch === ABSENT) {
    return undefined;
  }
  if (patch instanceof Appended) {
    return [...(Array.isArray(value) ? value : []), ...plainList(patch.items)];
  }
  if (Array.isArray(patch)) {
    return plainList(patch);
  }
  if (typeof patch !== 'object' || patch === null) {
    return patch as Json;
  }
  const result: Record<string, Json> = isObject(value) ? { ...value } : {};
  for (const [key, part] of Object.entries(patch)) {
    const made = patched(result[key], part);
    if (made === undefined) {
      delete result[key];
    } else {
      result[key] = made;
    }
  }
  return result;
}

function plainList(parts: readonly Part[]): Json[] {
  return parts.map((part) => patched(undefined, part)).filter((item) => item !== undefined);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
