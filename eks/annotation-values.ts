import { describe } from '../kube/describe';

/** The form that a controller reads from an annotation. */
export type AnnotationForm =
  | { readonly kind: 'text' }
  | { readonly kind: 'one of'; readonly values: readonly string[] }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number; readonly words?: RegExp }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'map'; readonly values: Readonly<Record<string, AnnotationForm>> }
  | { readonly kind: 'json'; readonly of: 'list' | 'object' };

export const TEXT: AnnotationForm = { kind: 'text' };
export const BOOLEAN: AnnotationForm = { kind: 'boolean' };
export const MAP: AnnotationForm = { kind: 'map', values: {} };
export const JSON_OBJECT: AnnotationForm = { kind: 'json', of: 'object' };
export const JSON_LIST: AnnotationForm = { kind: 'json', of: 'list' };
export const oneOf = (...values: readonly string[]): AnnotationForm => ({ kind: 'one of', values });
export const integer = (min: number, max: number, words?: RegExp): AnnotationForm => ({
  kind: 'integer',
  min,
  max,
  ...(words ? { words } : {}),
});
export const mapOf = (values: Readonly<Record<string, AnnotationForm>>): AnnotationForm => ({ kind: 'map', values });

/** What Go takes for a boolean. */
const BOOLEANS = ['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False'];

/** 'must be an integer from 5 to 300, but is '3''; undefined where the value has the form. */
export function valueProblem(value: string, form: AnnotationForm): string | undefined {
  const but = `, but is ${describe(value)}`;
  switch (form.kind) {
    case 'text':
      return undefined;
    case 'one of':
      return form.values.includes(value) ? undefined : `must be ${listOf(form.values)}${but}`;
    case 'boolean':
      return BOOLEANS.includes(value) ? undefined : `must be 'true' or 'false'${but}`;
    case 'integer':
      return isInteger(value, form.min, form.max) || form.words?.test(value)
        ? undefined
        : `must be an integer from ${form.min} to ${form.max}${but}`;
    case 'json':
      return jsonProblem(value, form.of, but);
    case 'map':
      return mapProblem(value, form.values, but);
  }
}

/** The entries of 'key=value,key=value'; undefined where it is not one. */
export function parseMap(text: string): ReadonlyMap<string, string> | undefined {
  const parts = listItems(text).map((part) => [part, part.indexOf('=')] as const);
  return parts.some(([, at]) => at < 1)
    ? undefined
    : new Map(parts.map(([part, at]) => [part.slice(0, at).trim(), part.slice(at + 1).trim()]));
}

/** The items of 'a, b'. */
export function listItems(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** The value of a JSON text; undefined where it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const isInteger = (text: string, min: number, max: number): boolean =>
  /^-?\d+$/.test(text) && Number(text) >= min && Number(text) <= max;

const listOf = (values: readonly string[]): string =>
  values
    .map((value) => `'${value}'`)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');

function jsonProblem(value: string, of: 'list' | 'object', but: string): string | undefined {
  const parsed = parseJson(value);
  const right = of === 'list' ? Array.isArray(parsed) : typeof parsed === 'object' && !Array.isArray(parsed);
  return right && parsed !== null ? undefined : `must be a JSON ${of}${but}`;
}

function mapProblem(value: string, forms: Readonly<Record<string, AnnotationForm>>, but: string): string | undefined {
  const entries = parseMap(value);
  if (!entries) {
    return `must have the form 'key=value,key=value'${but}`;
  }
  for (const [key, text] of entries) {
    const problem = Object.hasOwn(forms, key) ? valueProblem(text, forms[key]!) : undefined;
    if (problem !== undefined) {
      return `has a value of ${key} that ${problem}`;
    }
  }
  return undefined;
}
