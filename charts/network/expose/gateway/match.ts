import { describe } from '../../../../kube/describe';
import type { KeyTable } from '../../../../kube/values';
import type { Check } from '../../../core/check';
import type { GRPCRoute, HTTPRoute } from '../../../core/k8s';
import {
  checkConditions,
  checkValues,
  countConditions,
  prefixValues,
  type RequestConditions,
} from '../request-conditions';

type HttpMatch = NonNullable<NonNullable<HTTPRoute['spec']['rules']>[number]['matches']>[number];
type GrpcMatch = NonNullable<NonNullable<GRPCRoute['spec']['rules']>[number]['matches']>[number];

/** A call of gRPC; at least one of these. */
export interface GrpcConditions {
  /** The service, with its package: 'shop.Catalog'. @default - any */
  readonly service?: string;
  /** The method of the service: 'GetProduct'. @default - any */
  readonly method?: string;
  /** Headers by name, with exactly this value. @default - any */
  readonly headers?: Readonly<Record<string, string>>;
}

const GRPC: KeyTable<GrpcConditions> = { service: 'text', method: 'text', headers: 'map' };

type PathKind = 'PathPrefix' | 'Exact' | 'RegularExpression';
type Given =
  | { readonly of: 'http'; readonly kind: PathKind; readonly path: string; readonly also: RequestConditions }
  | { readonly of: 'grpc'; readonly conditions: GrpcConditions };

/**
 * Requests that a route takes. Of several routes of a Gateway the one with the longest path gets a request, then the one with
 * a method, then the one with the most headers and parameters.
 *
 * @example
 * matches: [RouteMatch.path('/cart'), RouteMatch.anyPath({ headers: { 'x-canary': '1' } })]
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
 */
export class RouteMatch {
  /** A path and what lies below it: '/cart' is for '/cart' and '/cart/1', not for '/carts'. */
  static path(prefix: string, also: RequestConditions = {}): RouteMatch {
    return new RouteMatch({ of: 'http', kind: 'PathPrefix', path: prefix, also });
  }
  /** Exactly this path. */
  static exactPath(path: string, also: RequestConditions = {}): RouteMatch {
    return new RouteMatch({ of: 'http', kind: 'Exact', path, also });
  }
  /** Paths that a regular expression of an Application Load Balancer matches. */
  static pathPattern(pattern: string, also: RequestConditions = {}): RouteMatch {
    return new RouteMatch({ of: 'http', kind: 'RegularExpression', path: pattern, also });
  }
  /** Requests by something else than their path. */
  static anyPath(also: RequestConditions): RouteMatch {
    return new RouteMatch({ of: 'http', kind: 'PathPrefix', path: '/', also });
  }
  /** Calls of gRPC, for a port that speaks it. */
  static grpc(conditions: GrpcConditions): RouteMatch {
    return new RouteMatch({ of: 'grpc', conditions });
  }

  private constructor(
    /** @internal */
    readonly given: Given,
  ) {}
}

/** What a workload takes that says nothing: everything. */
export const EVERYTHING: readonly RouteMatch[] = [RouteMatch.path('/')];

export function checkMatch(check: Check, field: string, match: unknown): void {
  if (!(match instanceof RouteMatch)) {
    throw check.error(
      'type',
      field,
      `${field} must be a RouteMatch, but is ${describe(match)}`,
      "write RouteMatch.path('/cart'), or another of its factories",
    );
  }
  const { given } = match;
  if (given.of === 'grpc') {
    checkGrpc(check, field, given.conditions);
    return;
  }
  checkPath(check, field, given);
  checkConditions(check, field, given.also ?? null);
}

function checkPath(check: Check, field: string, { kind, path }: Given & { readonly of: 'http' }): void {
  const isPattern = kind === 'RegularExpression';
  if (typeof path !== 'string' || path === '' || (!isPattern && !/^\/[^*?#\s]*$/.test(path))) {
    check.fail(
      typeof path === 'string' ? 'invalid' : 'type',
      field,
      isPattern
        ? `${field} must be a regular expression, but is ${describe(path)}`
        : `${field} must be a path that begins with '/' and has no wildcard, but is ${describe(path)}`,
      isPattern ? "write for example '^/v[0-9]+/.*$'" : "write for example '/cart', or use RouteMatch.pathPattern",
    );
  }
}

function checkGrpc(check: Check, field: string, conditions: GrpcConditions): void {
  check.keys<GrpcConditions>(field, conditions ?? null, GRPC);
  const { service, method, headers } = conditions;
  const forms = [
    ['service', service, /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/, "'shop.Catalog'"],
    ['method', method, /^[A-Za-z_]\w*$/, "'GetProduct'"],
  ] as const;
  for (const [name, value, form, example] of forms) {
    if (value !== undefined && !form.test(value)) {
      check.fail(
        'invalid',
        `${field}.${name}`,
        `${field}.${name} must be the name of a ${name} of gRPC, but is '${value}'`,
        `write for example ${example}`,
      );
    }
  }
  checkValues(check, `${field}.headers`, headers);
  if (service === undefined && method === undefined && Object.keys(headers ?? {}).length === 0) {
    check.fail(
      'required',
      field,
      `${field} must have a service, a method or a header`,
      'write one, or leave out matches for every call',
    );
  }
}

/** The controller splits values of headers at commas. */
const literal = (value: string): string => value.replace(/[\\,]/g, '\\$&');
const exactly = (map: Readonly<Record<string, string>> = {}, write = literal) =>
  Object.entries(map).map(([name, value]) => ({ name, type: 'Exact' as const, value: write(value) }));

/** A list, or nothing for an empty one. */
export const orNone = <T>(list: T[]): T[] | undefined => (list.length === 0 ? undefined : list);

export function httpMatch(match: RouteMatch): HttpMatch {
  const { given } = match;
  if (given.of !== 'http') {
    return {};
  }
  const { headers, headerPatterns = {}, query, method } = given.also;
  const patterns = Object.entries(headerPatterns).map(([name, value]) => ({
    name,
    type: 'RegularExpression' as const,
    value,
  }));
  return {
    path: { type: given.kind, value: given.path },
    headers: orNone([...exactly(headers), ...patterns]),
    queryParams: orNone(exactly(query, (value) => value)),
    method,
  };
}

export function grpcMatch(match: RouteMatch): GrpcMatch {
  const { given } = match;
  if (given.of !== 'grpc') {
    return {};
  }
  const { service, method, headers } = given.conditions;
  const named = service === undefined && method === undefined ? undefined : { type: 'Exact' as const, service, method };
  return { method: named, headers: orNone(exactly(headers)) };
}

/** How many of the values of a rule of the load balancer a match takes: a prefix is two, the path and what lies below. */
export function valuesOf(match: RouteMatch): number {
  const { given } = match;
  if (given.of === 'grpc') {
    return 1 + Object.keys(given.conditions.headers ?? {}).length;
  }
  const path = given.kind === 'PathPrefix' ? prefixValues(given.path) : 1;
  return path + countConditions(given.also);
}
