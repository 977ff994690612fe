import { keyPath } from '../../../kube/text';
import type { KeyTable } from '../../../kube/values';
import type { Check } from '../../core/check';

/** The method of a request. */
export type RequestMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS' | 'PATCH';
const METHODS: readonly RequestMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'];

/** What a request must have beside its path: all of it. */
export interface RequestConditions {
  /** Headers by name, with exactly this value: { 'x-canary': '1' }. Not `host`. @default - any */
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers by name, with a value that this regular expression matches: { 'user-agent': '.*Mobile.*' }. @default - any */
  readonly headerPatterns?: Readonly<Record<string, string>>;
  /** Parameters of the query by name, with exactly this value: { beta: '1' }. @default - any */
  readonly query?: Readonly<Record<string, string>>;
  /** The method. @default - any */
  readonly method?: RequestMethod;
}

const CONDITIONS: KeyTable<RequestConditions> = {
  headers: 'map',
  headerPatterns: 'map',
  query: 'map',
  method: true,
};

export function checkConditions(check: Check, field: string, conditions: RequestConditions | null): void {
  check.keys<RequestConditions>(field, conditions, CONDITIONS);
  const { headers, headerPatterns, query, method } = conditions!;
  checkValues(check, `${field}.headers`, headers);
  checkNames(check, `${field}.headerPatterns`, headerPatterns);
  checkValues(check, `${field}.query`, query);
  if (method !== undefined) {
    check.oneOf(`${field}.method`, method, METHODS);
  }
}

/** Of a rule: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
export const MAX_RULE_VALUES = 5;

/** How many of the values of a rule a path prefix takes: the path, and what lies below. */
export const prefixValues = (prefix: string): number => (prefix === '/' ? 1 : 2);

/** How many of the values of a rule of the load balancer they take. */
export function countConditions({ headers, headerPatterns, query, method }: RequestConditions): number {
  const count = (map: object = {}) => Object.keys(map).length;
  return count(headers) + count(headerPatterns) + count(query) + (method === undefined ? 0 : 1);
}

function checkNames(check: Check, field: string, map: Readonly<Record<string, string>> = {}): void {
  for (const [name, value] of Object.entries(map)) {
    const place = keyPath(field, name);
    check.text(place, value);
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || name.toLowerCase() === 'host') {
      check.fail(
        name.toLowerCase() === 'host' ? 'forbidden' : 'invalid',
        place,
        `${place} must be the name of a header or parameter, and not that of the host`,
        "write for example 'x-canary', and hosts in expose.host",
      );
    }
  }
}

/** The load balancer takes '*' and '?' for wildcards, wherever they stand. */
export function checkValues(check: Check, field: string, map: Readonly<Record<string, string>> = {}): void {
  checkNames(check, field, map);
  for (const [name, value] of Object.entries(map)) {
    if (/[*?]/.test(value)) {
      const place = keyPath(field, name);
      check.fail(
        'invalid',
        place,
        `${place} must not have '*' or '?', which the load balancer takes for wildcards, but is '${value}'`,
        'match a header by headerPatterns',
      );
    }
  }
}
