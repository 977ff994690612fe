import { describe } from '../../../../kube/describe';
import { indexPath } from '../../../../kube/text';
import type { Check } from '../../../core/check';
import { checkHost, checkMatches, checkPath, isOnePrefix } from './parts';
import {
  CONTENT_TYPES,
  type GatewayRouteProps,
  REDIRECT,
  RESPONSE,
  type RouteRedirect,
  type RouteResponse,
} from './props';

/** Rules of a route. */
const MAX_RULES = 16;
/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html */
const MAX_QUERY = 128;
/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html */
const MAX_BODY = 1024;

export function checkRedirects(check: Check, redirects: readonly RouteRedirect[] | undefined): void {
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
    const { matches, scheme, host, port, path, prefix, query, status } = one;
    if (matches === undefined) {
      check.fail('required', `${field}.matches`, `${field}.matches is required`, "write [RouteMatch.path('/old')]");
    }
    checkMatches(check, `${field}.matches`, matches);
    if ([scheme, host, port, path].every((part) => part === undefined)) {
      check.fail(
        'required',
        field,
        `${field} must have a scheme, host, port or path, or it would lead to itself${prefix === undefined ? '' : ', which AWS finds with a prefix alone'}`,
        "write for example path: '/new'",
      );
    }
    checkPrefix(check, field, one);
    if (query !== undefined && (query.length > MAX_QUERY || /[?\s]/.test(query))) {
      check.fail(
        'invalid',
        `${field}.query`,
        `${field}.query must be at most ${MAX_QUERY} characters without '?' and spaces, but is '${query}'`,
        "write for example 'from=#{query}'",
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

function checkPrefix(check: Check, field: string, { matches, path, prefix }: RouteRedirect): void {
  if (prefix === undefined) {
    return;
  }
  checkPath(check, `${field}.prefix`, prefix);
  if (path !== undefined || !isOnePrefix(matches)) {
    check.fail(
      'forbidden',
      `${field}.prefix`,
      `${field}.prefix needs matches with one RouteMatch.path, whose prefix it replaces, and no path`,
      'write one match by a prefix',
    );
  }
}

/** Answers of the load balancer itself, which are rules as redirects are. */
export function checkResponses(check: Check, { responses, redirects }: GatewayRouteProps<string>): void {
  const count = (responses?.length ?? 0) + (redirects?.length ?? 0);
  if (responses !== undefined && (responses.length === 0 || count >= MAX_RULES)) {
    check.fail(
      'invalid',
      'expose.responses',
      `expose.responses must have 1 to ${MAX_RULES - 1} entries together with redirects, but has ${count}`,
      'leave it out for none',
    );
  }
  for (const [i, one] of (responses ?? []).entries()) {
    const field = indexPath('expose.responses', i);
    check.keys<RouteResponse>(field, one ?? null, RESPONSE);
    const { matches, status, body, contentType } = one;
    if (matches === undefined) {
      check.fail('required', `${field}.matches`, `${field}.matches is required`, "write [RouteMatch.path('/old')]");
    }
    checkMatches(check, `${field}.matches`, matches);
    check.integer(`${field}.status`, status, 200, 599);
    if (status >= 300 && status < 400) {
      check.fail(
        'unsupported',
        `${field}.status`,
        `${field}.status must be 200 to 299 or 400 to 599, but is ${status}`,
        'write redirects for an answer that leads elsewhere',
      );
    }
    if (body !== undefined && body.length > MAX_BODY) {
      check.fail(
        'invalid',
        `${field}.body`,
        `${field}.body must have at most ${MAX_BODY} characters, but has ${body.length}`,
        'shorten it, or let a workload answer',
      );
    }
    if (contentType !== undefined) {
      check.oneOf(`${field}.contentType`, contentType, CONTENT_TYPES);
    }
  }
}
