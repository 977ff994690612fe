import { Check } from '../../../core/check';
import { addCheck } from '../../../core/checks';
import type {
  AnyObject,
  GRPCRoute,
  HTTPRoute,
  ListenerRuleConfiguration,
  ReferenceGrant,
  TargetGroupConfiguration,
} from '../../../core/k8s';
import { autoModeProblem } from '../../gateway/check';
import { checkAuthenticationSecret } from '../authentication';
import { checkTcp, loadBalancer } from '../load-balancer';
import { backendProtocol, checkAskable } from '../target-group';
import type { ExposedService, ExposeWay, ObjectSpec, ObjectSpecs } from '../way';
import { checkParked, joinWeights, type ResolvedWeight, targetOf } from '../weights';
import { checkGatewayRoute, checkProtocol, factsOf } from './check';
import { checkNamespace, claim, claimedBefore, matchesOf, routeName } from './claims';
import { answerRules, listenerRule } from './listener-rule';
import type { GatewayRouteProps } from './props';
import { grpcRoute, httpRoute } from './route';
import { addTargetGroup, type RouteName, targetGroupProps } from './target-groups';

/** Objects of a workload behind a Gateway, by their name in `customize`. */
export interface GatewayRouteObjects {
  httpRoute: HTTPRoute;
  grpcRoute: GRPCRoute;
  listenerRuleConfiguration: ListenerRuleConfiguration;
  targetGroupConfiguration: TargetGroupConfiguration;
}

/** A route of a Gateway, whose Application Load Balancer sends HTTP or gRPC to the pods. */
export function gateway(props: GatewayRouteProps<string>): ExposeWay {
  const facts = factsOf(props?.gateway);
  const balancer = loadBalancer({
    scheme: facts?.scheme as 'internal',
    port: props?.port,
    subnets: facts?.subnets,
  });
  return {
    ...balancer,
    kind: 'gateway',
    apart: facts?.name,
    check: (check) => checkGatewayRoute(check, props),
    checkPort(check, target) {
      checkTcp(check, target.port);
      const protocol = backendProtocol(target, props.protocol);
      checkProtocol(check, props, protocol);
      checkAskable(check, target, protocol);
    },
    objects(service) {
      const route = routeOf(service, props);
      checkNamespace(service, facts!);
      checkAuthenticationSecret(Check.of(service.construct), props.authentication, service.namespace);
      const rule = listenerRule(props);
      const targetGroup = addTargetGroup(service, route, () => targetGroupProps(service, props));
      const weights = joinWeights(service, props, {
        peers: balancer.ingressPeers,
        annotations: () => ({}),
        sameNamespace: false,
      });
      for (const weight of weights) {
        admit(route, weight, props);
      }
      addCheck(service.construct, (report) => checkParked(service, weights, report));
      claim(service, route, facts!, matchesOf(route, props));
      const hasRule = rule !== undefined;
      const rules = [
        ...(hasRule ? [ruleSpec(() => listenerRule(props)!)] : []),
        ...answerRules(props).map(({ end, spec: made }) => ruleSpec(made, end, service)),
      ];
      const specs: Partial<ObjectSpecs<GatewayRouteObjects>> = {
        ...(route.kind === 'HTTPRoute'
          ? { httpRoute: spec<HTTPRoute>('HTTPRoute', (m) => httpRoute(m, props, service, weights, hasRule)) }
          : { grpcRoute: spec<GRPCRoute>('GRPCRoute', (m) => grpcRoute(m, props, service, weights, hasRule)) }),
        ...(rules.length === 0 ? {} : { listenerRuleConfiguration: rules }),
        ...(targetGroup ? { targetGroupConfiguration: targetGroup } : {}),
      };
      return specs as ObjectSpecs<Record<string, AnyObject>>;
    },
    checkApp(service, report) {
      balancer.checkApp(service, report);
      const problem =
        autoModeProblem(service.cluster, 'expose.gateway') ??
        claimedBefore(service, routeOf(service, props), 'expose.matches');
      if (problem) {
        report(problem);
      }
    },
  };
}

const spec = <T extends HTTPRoute | GRPCRoute>(kind: T['kind'], render: ObjectSpec<T>['render']): ObjectSpec<T> => ({
  id: kind,
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind,
  render,
});

const ruleSpec = (
  rule: () => ListenerRuleConfiguration['spec'],
  end?: string,
  service?: ExposedService,
): ObjectSpec<ListenerRuleConfiguration> => ({
  id: `ListenerRuleConfiguration${end === undefined ? '' : `-${end}`}`,
  ...(service === undefined ? {} : { name: `${service.name}-${end}` }),
  apiVersion: 'gateway.k8s.aws/v1',
  kind: 'ListenerRuleConfiguration',
  render: (metadata) => ({
    apiVersion: 'gateway.k8s.aws/v1',
    kind: 'ListenerRuleConfiguration',
    metadata,
    spec: rule(),
  }),
});

const routeOf = (service: ExposedService, { protocol }: GatewayRouteProps<string>): RouteName =>
  routeName(service, backendProtocol(service, protocol) === 'grpc' ? 'GRPCRoute' : 'HTTPRoute');

/** Another workload behind the route: its target group, its readiness gate, and its consent where it is elsewhere. */
function admit(route: RouteName, weight: ResolvedWeight, props: GatewayRouteProps<string>): void {
  const target = targetOf(weight);
  const own = addTargetGroup(target, route, () => targetGroupProps(target, props));
  if (own) {
    weight.service.addObject(own);
  }
  weight.service.tenant?.needsReadinessGate();
  if (target.namespace !== route.namespace) {
    weight.service.addObject<ReferenceGrant>({
      id: `ReferenceGrant-${route.kind}-${route.namespace}-${route.name}`,
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      name: `${target.name}-from-${route.namespace}-${route.name}`,
      render: (metadata) => ({
        apiVersion: 'gateway.networking.k8s.io/v1beta1',
        kind: 'ReferenceGrant',
        metadata,
        spec: {
          from: [{ group: 'gateway.networking.k8s.io', kind: route.kind, namespace: route.namespace }],
          to: [{ group: '', kind: 'Service', name: target.name }],
        },
      }),
    });
  }
}
