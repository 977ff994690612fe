import { describe } from '../../../../kube/describe';
import { isSubdomain } from '../../../../kube/names';
import { indexPath } from '../../../../kube/text';
import type { Check } from '../../../core/check';
import type { GatewayFacts } from '../../gateway/target';
import { checkHosts } from '../alb-check';
import { checkAuthentication } from '../authentication';
import { checkTargetSettings } from '../balancer-settings';
import { BACKEND_PROTOCOLS, type BackendProtocol } from '../target-group';
import { checkWeights } from '../weights';
import { checkMatch, EVERYTHING, type RouteMatch, valuesOf } from './match';
import {
  GATEWAY_ROUTE,
  type GatewayRouteProps,
  REDIRECT,
  REWRITE,
  type RouteRedirect,
  type RouteRewrite,
} from './props';

/** A rule of an Application Load Balancer has at most five values: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const MAX_VALUES = 5;
/** Rules of a route, and matches of a rule. */
const MAX_RULES = 16;
const MAX_MATCHES = 64;

/** What a Gateway is for routes; undefined for what is none. */
export function factsOf(gateway: unknown): GatewayFacts | undefined {
  const { toGatewayTarget } = (gateway ?? {}) as { readonly toGatewayTarget?: unknown };
  return typeof toGatewayTarget === 'function' ? (toGatewayTarget.call(gateway) as GatewayFacts) : undefined;
}

export function checkGatewayRoute(check: Check, props: GatewayRouteProps<string>): void {
  check.keys<GatewayRouteProps<string>>('expose', props ?? null, GATEWAY_ROUTE);
  const facts = factsOf(props.gateway);
  if (!facts) {
    throw check.error(
      props.gateway === undefined ? 'required' : 'type',
      'expose.gateway',
      `expose.gateway must be a Gateway, but is ${describe(props.gateway)}`,
      "write new Gateway(tenant, 'edge', {...}), or Gateway.existing({...})",
    );
  }
  checkHosts(check, props.host);
  for (const [i, range] of (props.allowFrom ?? []).entries()) {
    check.cidr(indexPath('expose.allowFrom', i), range);
  }
  checkTargetSettings(check, props);
  checkWeights(check, props);
  checkAuthentication(check, props.authentication);
  if (props.protocol !== undefined) {
    check.oneOf('expose.protocol', props.protocol, BACKEND_PROTOCOLS);
  }
  if (facts.listeners.https === undefined && props.authentication !== undefined) {
    check.fail(
      'forbidden',
      'expose.authentication',
      `expose.authentication needs a listener with TLS, but Gateway '${facts.name}' has none`,
      'add https to the listeners of the Gateway, or remove it',
    );
  }
  checkMatches(check, 'expose.matches', props.matches, props.allowFrom?.length ?? 0);
  checkRewrite(check, props.rewrite, props.matches ?? EVERYTHING);
  checkRedirects(check, props.redirects);
}

function checkMatches(check: Check, field: string, matches: readonly RouteMatch[] | undefined, more = 0): void {
  if (matches !== undefined && (matches.length === 0 || matches.length > MAX_MATCHES)) {
    check.fail(
      'invalid',
      field,
      `${field} must have 1 to ${MAX_MATCHES} entries, but has ${matches.length}`,
      'write one, or leave it out for every request',
    );
  }
  for (const [i, match] of (matches ?? EVERYTHING).entries()) {
    const place = matches === undefined ? field : indexPath(field, i);
    checkMatch(check, place, match);
    // the host is one of them
    const values = 1 + valuesOf(match) + more;
    if (values > MAX_VALUES) {
      check.fail(
        'invalid',
        place,
        `${place} must make at most ${MAX_VALUES} values of a rule of the load balancer, but makes ${values}: a host, a path (two for a prefix other than '/'), and one for each header, parameter, method and range of allowFrom`,
        'match by less, or set allowFrom on the Gateway',
      );
    }
  }
}

function checkRewrite(check: Check, rewrite: RouteRewrite | undefined, matches: readonly RouteMatch[]): void {
  if (rewrite === undefined) {
    return;
  }
  check.keys<RouteRewrite>('expose.rewrite', rewrite, REWRITE);
  const { host, path, prefix } = rewrite;
  if ([host, path, prefix].every((part) => part === undefined)) {
    check.fail(
      'required',
      'expose.rewrite',
      'expose.rewrite must have a host, a path or a prefix',
      "write for example { prefix: '/' }",
    );
  }
  if (path !== undefined && prefix !== undefined) {
    check.fail('forbidden', 'expose.rewrite.prefix', 'expose.rewrite.prefix must not stand beside path', 'remove one');
  }
  checkHost(check, 'expose.rewrite.host', host);
  checkPath(check, 'expose.rewrite.path', path);
  checkPath(check, 'expose.rewrite.prefix', prefix);
  const [only] = matches;
  const isPrefix = only?.given.of === 'http' && only.given.kind === 'PathPrefix';
  if (prefix !== undefined && (matches.length !== 1 || !isPrefix)) {
    check.fail(
      'forbidden',
      'expose.rewrite.prefix',
      'expose.rewrite.prefix needs matches with one RouteMatch.path, whose prefix it replaces',
      'write one match by a prefix',
    );
  }
}

function checkRedirects(check: Check, redirects: readonly RouteRedirect[] | undefined): void {
  if (redirects !== undefined && (redirects.length === 0 || redirects.length >= MAX_RULES)) {
    check.fail(
      'invalid',
      'expose.redirects',
      `expose.redirects must have 1 to ${MAX_RULES - 1} entries, but has ${redirects.length}`,
      'leave it out for none',
    );
  }
  for (const [i, one] of (redirects ?? []).entries()) {
    const field = indexPath('expose.redirects', i);
    check.keys<RouteRedirect>(field, one ?? null, REDIRECT);
    const { matches, scheme, host, port, path, status } = one;
    if (matches === undefined) {
      check.fail('required', `${field}.matches`, `${field}.matches is required`, "write [RouteMatch.path('/old')]");
    }
    checkMatches(check, `${field}.matches`, matches);
    if ([scheme, host, port, path].every((part) => part === undefined)) {
      check.fail(
        'required',
        field,
        `${field} must have a scheme, host, port or path, or it would lead to itself`,
        "write for example path: '/new'",
      );
    }
    if (scheme !== undefined) {
      check.oneOf(`${field}.scheme`, scheme, ['http', 'https']);
    }
    checkHost(check, `${field}.host`, host);
    checkPath(check, `${field}.path`, path);
    if (port !== undefined) {
      check.integer(`${field}.port`, port, 1, 65_535);
    }
    if (status !== undefined && status !== 301 && status !== 302) {
      check.fail(
        'unsupported',
        `${field}.status`,
        `${field}.status must be 301 or 302, which are what the load balancer answers, but is ${describe(status)}`,
        'write 301 or 302',
      );
    }
  }
}

function checkHost(check: Check, field: string, host: string | undefined): void {
  if (host !== undefined && !isSubdomain(host)) {
    check.fail(
      'invalid',
      field,
      `${field} must be a host name in lowercase letters, but is '${host}'`,
      "write for example 'shop.example.com'",
    );
  }
}

function checkPath(check: Check, field: string, path: string | undefined): void {
  if (path !== undefined && !/^\/[^*?#\s]*$/.test(path)) {
    check.fail(
      'invalid',
      field,
      `${field} must be a path that begins with '/' and has no wildcard, but is '${path}'`,
      "write for example '/new'",
    );
  }
}

/** What depends on the protocol of the port. */
export function checkProtocol(check: Check, props: GatewayRouteProps<string>, protocol: BackendProtocol): void {
  const { listeners, name } = factsOf(props.gateway)!;
  const isGrpc = protocol === 'grpc';
  if (listeners.https === undefined && (isGrpc || protocol === 'http2')) {
    check.fail(
      'forbidden',
      'expose.gateway',
      `expose.gateway must have a listener with TLS for ${isGrpc ? 'gRPC' : 'HTTP/2'}, which the load balancer speaks behind one alone, but '${name}' has none`,
      'add https to the listeners of the Gateway',
    );
  }
  for (const [i, { given }] of (props.matches ?? []).entries()) {
    if ((given.of === 'grpc') !== isGrpc) {
      const field = indexPath('expose.matches', i);
      check.fail(
        'forbidden',
        field,
        isGrpc
          ? `${field} must be a RouteMatch.grpc, since the port speaks gRPC`
          : `${field} must not be a RouteMatch.grpc, since the port does not speak gRPC`,
        isGrpc ? "write RouteMatch.grpc({ service: 'shop.Catalog' })" : "write RouteMatch.path('/'), or set protocol",
      );
    }
  }
  for (const key of ['rewrite', 'redirects'] as const) {
    if (isGrpc && props[key] !== undefined) {
      check.fail('forbidden', `expose.${key}`, `expose.${key} must not be set for gRPC`, 'remove it');
    }
  }
}
