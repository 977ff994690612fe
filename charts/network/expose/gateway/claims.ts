import { addTo } from '../../../../kube/collections';
import { AppSlot } from '../../../core/app-state';
import { Check } from '../../../core/check';
import type { Problem } from '../../../core/checks';
import type { AnyGateway } from '../../gateway/target';
import { listOf } from '../alb-props';
import type { ExposedService } from '../way';
import { EVERYTHING } from './match';
import type { GatewayRouteProps } from './props';
import type { RouteName } from './target-groups';

interface Claim {
  readonly service: ExposedService;
  readonly route: RouteName;
  /** "a match for host 'shop.example.com'". */
  readonly what: string;
}

/** What routes of an app take of the traffic of Gateways. */
const claims = new AppSlot<Map<string, Claim[]>>('route-claims', () => new Map());

export function claim(
  service: ExposedService,
  route: RouteName,
  { name, namespace }: AnyGateway,
  parts: readonly (readonly [key: unknown, what: string])[],
): void {
  const all = claims.of(service.construct);
  // a listener of a Network Load Balancer has one route, of whatever kind
  const kind = route.kind === 'HTTPRoute' || route.kind === 'GRPCRoute' ? route.kind : 'any';
  for (const [key, what] of parts) {
    addTo(all, JSON.stringify([namespace, name, kind, key]), { service, route, what });
  }
}

/** The matches of a route, by host. */
export function matchesOf(route: RouteName, props: GatewayRouteProps<string>) {
  const matches = route.kind === 'GRPCRoute' ? (props.matches ?? [undefined]) : (props.matches ?? EVERYTHING);
  const all = [...matches, ...[...(props.redirects ?? []), ...(props.responses ?? [])].flatMap((one) => one.matches)];
  return listOf(props.host).flatMap((host) =>
    all.map((match) => [[host, match?.given ?? null], `a match for host '${host}'`] as const),
  );
}

/** A request that fits two routes alike gets the one that was created first, which an apply does not tell. */
export function claimedBefore({ construct }: ExposedService, route: RouteName, field: string): Problem | undefined {
  for (const same of claims.of(construct).values()) {
    const own = same.findIndex((one) => one.service.construct === construct && one.route.name === route.name);
    const [first] = same;
    if (own > 0 && first) {
      return {
        rule: 'gateway/same-match',
        field,
        message: `${field} has ${first.what} that '${first.service.construct.node.path}' has too, so the route that was created first gets the traffic`,
        fix: 'write another one, or send a part of the traffic by weights',
      };
    }
  }
  return undefined;
}

/** Refuses a route that no listener of its Gateway takes. */
export function checkNamespace({ construct, namespace }: ExposedService, { name, routesFrom }: AnyGateway): void {
  if (routesFrom !== undefined && routesFrom !== 'all' && !routesFrom.includes(namespace)) {
    Check.of(construct).fail(
      'forbidden',
      'expose.gateway',
      `expose.gateway must take routes of namespace '${namespace}', but '${name}' takes those of ${routesFrom.map((one) => `'${one}'`).join(', ')}`,
      'add the tenant to routesFrom of the Gateway',
    );
  }
}

/** The route of a service, as other objects name it. */
export function routeName({ name, namespace, suffix }: ExposedService, kind: RouteName['kind']): RouteName {
  return { kind, namespace, name: suffix === '' ? name : `${name}-${suffix}` };
}
