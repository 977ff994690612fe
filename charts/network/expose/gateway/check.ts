import { describe } from '../../../../kube/describe';
import { indexPath } from '../../../../kube/text';
import type { Check } from '../../../core/check';
import type { GatewayFacts } from '../../gateway/target';
import { checkHosts } from '../alb-check';
import { checkAuthentication } from '../authentication';
import { checkTargetSettings } from '../balancer-settings';
import { BACKEND_PROTOCOLS, type BackendProtocol } from '../target-group';
import { checkWeights } from '../weights';
import { checkRedirects, checkResponses } from './answers';
import { EVERYTHING, type RouteMatch } from './match';
import { checkHost, checkMatches, checkPath, isOnePrefix } from './parts';
import { GATEWAY_ROUTE, type GatewayRouteProps, REWRITE, type RouteRewrite } from './props';

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
  checkResponses(check, props);
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
  if (prefix !== undefined && !isOnePrefix(matches)) {
    check.fail(
      'forbidden',
      'expose.rewrite.prefix',
      'expose.rewrite.prefix needs matches with one RouteMatch.path, whose prefix it replaces',
      'write one match by a prefix',
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
  for (const key of ['rewrite', 'redirects', 'responses'] as const) {
    if (isGrpc && props[key] !== undefined) {
      check.fail('forbidden', `expose.${key}`, `expose.${key} must not be set for gRPC`, 'remove it');
    }
  }
}
