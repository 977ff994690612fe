import { addTo } from '../../../../kube/collections';
import { AppSlot } from '../../../core/app-state';
import type { Problem } from '../../../core/checks';
import { listOf } from '../alb-props';
import type { ExposedService } from '../way';
import { factsOf } from './check';
import { EVERYTHING } from './match';
import type { GatewayRouteProps } from './props';
import type { RouteName } from './target-groups';

interface Claim {
  readonly service: ExposedService;
  readonly route: RouteName;
  readonly host: string;
}

/** The routes of an app, by Gateway, host and match. */
const claims = new AppSlot<Map<string, Claim[]>>('route-matches', () => new Map());

export function claimMatches(service: ExposedService, route: RouteName, props: GatewayRouteProps<string>): void {
  const { name, namespace } = factsOf(props.gateway)!;
  const all = claims.of(service.construct);
  const matches = route.kind === 'GRPCRoute' ? (props.matches ?? [undefined]) : (props.matches ?? EVERYTHING);
  for (const host of listOf(props.host)) {
    for (const match of [...matches, ...(props.redirects ?? []).flatMap((one) => one.matches)]) {
      addTo(all, JSON.stringify([namespace, name, route.kind, host, match?.given ?? null]), { service, route, host });
    }
  }
}

/** A request that fits two routes alike gets the one that was created first, which an apply does not tell. */
export function sameMatch({ construct }: ExposedService, route: RouteName): Problem | undefined {
  for (const same of claims.of(construct).values()) {
    const own = same.findIndex((one) => one.service.construct === construct && one.route.name === route.name);
    const [first] = same;
    if (own > 0 && first) {
      return {
        rule: 'gateway/same-match',
        field: 'expose.matches',
        message: `expose.matches has a match for host '${first.host}' that '${first.service.construct.node.path}' has too, so the route that was created first gets the requests`,
        fix: 'write another match or host, or send a part of the requests by weights',
      };
    }
  }
  return undefined;
}
