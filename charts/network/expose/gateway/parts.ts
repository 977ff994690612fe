import { isSubdomain } from '../../../../kube/names';
import { indexPath } from '../../../../kube/text';
import type { Check } from '../../../core/check';
import { MAX_RULE_VALUES } from '../request-conditions';
import { checkMatch, EVERYTHING, type RouteMatch, valuesOf } from './match';

/** Matches of a rule. */
const MAX_MATCHES = 64;

export function checkMatches(check: Check, field: string, matches: readonly RouteMatch[] | undefined, more = 0): void {
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
    if (values > MAX_RULE_VALUES) {
      check.fail(
        'invalid',
        place,
        `${place} must make at most ${MAX_RULE_VALUES} values of a rule of the load balancer, but makes ${values}: a host, a path (two for a prefix other than '/'), and one for each header, parameter, method and range of allowFrom`,
        'match by less, or set allowFrom on the Gateway',
      );
    }
  }
}

export function checkHost(check: Check, field: string, host: string | undefined): void {
  if (host !== undefined && !isSubdomain(host)) {
    check.fail(
      'invalid',
      field,
      `${field} must be a host name in lowercase letters, but is '${host}'`,
      "write for example 'shop.example.com'",
    );
  }
}

export function checkPath(check: Check, field: string, path: string | undefined): void {
  if (path !== undefined && !/^\/[^*?#\s]*$/.test(path)) {
    check.fail(
      'invalid',
      field,
      `${field} must be a path that begins with '/' and has no wildcard, but is '${path}'`,
      "write for example '/new'",
    );
  }
}

/** Whether there is one match, by a prefix that something else can stand in place of. */
export function isOnePrefix(matches: readonly RouteMatch[]): boolean {
  const [only] = matches;
  return matches.length === 1 && only?.given.of === 'http' && only.given.kind === 'PathPrefix';
}
