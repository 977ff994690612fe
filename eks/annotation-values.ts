import { parseCidr } from '../kube/cidr';
import { remembered } from '../kube/collections';
import { describe } from '../kube/describe';

/** The form that a controller reads from an annotation. */
export type AnnotationForm =
  | { readonly kind: 'text' }
  | {
      readonly kind: 'one of';
      readonly values: readonly string[];
      /** How the controller compares. @default - as it is written */
      readonly anyCase?: true;
      /** What it makes of other values. @default - it refuses them */
      readonly others?: 'ignored';
    }
  | { readonly kind: 'pattern'; readonly pattern: RegExp; readonly what: string }
  | { readonly kind: 'cidr' }
  | { readonly kind: 'list'; readonly of: AnnotationForm }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number; readonly words?: RegExp }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'map'; readonly values: Readonly<Record<string, AnnotationForm>> }
  | {
      readonly kind: 'json';
      readonly of: 'list' | 'object';
      /** Whether an item of the list has its form. @default - any has */
      readonly item?: (item: unknown) => boolean;
      /** 'of { "HTTP": port }', where items have a form. */
      readonly what?: string;
    };

export const TEXT: AnnotationForm = { kind: 'text' };
export const BOOLEAN: AnnotationForm = { kind: 'boolean' };
export const MAP: AnnotationForm = { kind: 'map', values: {} };
export const JSON_OBJECT: AnnotationForm = { kind: 'json', of: 'object' };
export const JSON_LIST: AnnotationForm = { kind: 'json', of: 'list' };
export const CIDR: AnnotationForm = { kind: 'cidr' };
export const oneOf = (...values: readonly string[]): AnnotationForm => ({ kind: 'one of', values });
/** The controller takes any other value for the usual one, without a word. */
export const usually = (...values: readonly string[]): AnnotationForm => ({
  kind: 'one of',
  values,
  others: 'ignored',
});
export const inAnyCase = (...values: readonly string[]): AnnotationForm => ({ kind: 'one of', values, anyCase: true });
export const pattern = (of: RegExp, what: string): AnnotationForm => ({ kind: 'pattern', pattern: of, what });
export const listOf = (of: AnnotationForm): AnnotationForm => ({ kind: 'list', of });
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
      return form.values.includes(form.anyCase ? value.toLowerCase() : value)
        ? undefined
        : `must be ${choiceOf(form.values)}${but}`;
    case 'pattern':
      return form.pattern.test(value) ? undefined : `must be ${form.what}${but}`;
    case 'cidr':
      return parseCidr(value) ? undefined : `must be a range of addresses such as 10.0.0.0/16${but}`;
    case 'list': {
      const problem = listItems(value).flatMap((item) => valueProblem(item, form.of) ?? [])[0];
      return problem && `has an item that ${problem}`;
    }
    case 'boolean':
      return BOOLEANS.includes(value) ? undefined : `must be 'true' or 'false'${but}`;
    case 'integer':
      return isInteger(value, form.min, form.max) || form.words?.test(value)
        ? undefined
        : `must be an integer from ${form.min} to ${form.max}${but}`;
    case 'json':
      return jsonProblem(value, form, but);
    case 'map':
      return mapProblem(value, form.values, but);
  }
}

/** The entries of 'key=value,key=value', in which a backslash keeps a comma; undefined where it is not one. */
export function parseMap(text: string): ReadonlyMap<string, string> | undefined {
  const parts = pairsIn(text).map((part) => [part, part.indexOf('=')] as const);
  return parts.some(([, at]) => at < 1)
    ? undefined
    : new Map(parts.map(([part, at]) => [part.slice(0, at).trim(), part.slice(at + 1).trim()]));
}

function pairsIn(text: string): string[] {
  // a comma that is kept becomes a character that no annotation has
  const kept = text.replace(/\\(.)/g, (_, character: string) => (character === ',' ? '\0' : character));
  return listItems(kept).map((pair) => pair.replaceAll('\0', ','));
}

/** The items of 'a, b'. */
export function listItems(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** The value of a JSON text, which must not be changed; undefined where it is not JSON. */
export const parseJson = remembered((text): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
});

const isInteger = (text: string, min: number, max: number): boolean =>
  /^-?\d+$/.test(text) && Number(text) >= min && Number(text) <= max;

const choiceOf = (values: readonly string[]): string =>
  values
    .map((value) => `'${value}'`)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');

function jsonProblem(
  value: string,
  { of, item, what }: Extract<AnnotationForm, { kind: 'json' }>,
  but: string,
): string | undefined {
  const parsed = parseJson(value);
  const right =
    of === 'list'
      ? Array.isArray(parsed) && (!item || (parsed.length > 0 && parsed.every(item)))
      : typeof parsed === 'object' && !Array.isArray(parsed);
  return right && parsed !== null ? undefined : `must be a JSON ${of}${what ? ` ${what}` : ''}${but}`;
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
