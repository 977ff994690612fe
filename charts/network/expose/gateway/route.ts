import { AWS_GATEWAY_GROUP } from '../../../../eks/gateway-api';
import type { GRPCRoute, HTTPRoute, ObjectMeta } from '../../../core/k8s';
import { servicePorts } from '../../../core/ports';
import { parentRef } from '../../gateway/objects';
import { listOf } from '../alb-props';
import type { ExposedService } from '../way';
import { type ResolvedWeight, rest } from '../weights';
import { factsOf } from './check';
import { redirectRule, responseRule, ruleName } from './listener-rule';
import { EVERYTHING, grpcMatch, httpMatch, orNone } from './match';
import type { GatewayRouteProps, RouteRedirect, RouteRewrite } from './props';

type Named = ObjectMeta & { name: string };
type HttpFilter = NonNullable<NonNullable<HTTPRoute['spec']['rules']>[number]['filters']>[number];

/** What both kinds of routes have. */
function common(
  metadata: Named,
  props: GatewayRouteProps<string>,
  service: ExposedService,
  weights: readonly ResolvedWeight[],
) {
  const gateway = factsOf(props.gateway)!;
  const section = gateway.listeners.https === undefined ? 'http' : 'https';
  const own = { service, port: service.port, weight: weights.length === 0 ? 1 : rest(weights) };
  return {
    parentRefs: [parentRef(gateway, service.namespace, section)],
    hostnames: [...listOf(props.host)],
    backendRefs: [own, ...weights].map((to) => ({
      group: '',
      kind: 'Service',
      name: to.service.name,
      ...(to.service.namespace === service.namespace ? {} : { namespace: to.service.namespace }),
      port: servicePorts([to.port])[0]!.port,
      weight: to.weight,
    })),
    extension: {
      type: 'ExtensionRef' as const,
      extensionRef: { group: AWS_GATEWAY_GROUP, kind: 'ListenerRuleConfiguration', name: metadata.name },
    },
  };
}

/** @param hasRule whether there is a ListenerRuleConfiguration of its name */
export function httpRoute(
  metadata: Named,
  props: GatewayRouteProps<string>,
  service: ExposedService,
  weights: readonly ResolvedWeight[],
  hasRule: boolean,
): HTTPRoute {
  const { parentRefs, hostnames, backendRefs, extension } = common(metadata, props, service, weights);
  const extensionOf = (rule: string) => ({
    ...extension,
    extensionRef: { ...extension.extensionRef, name: ruleName(service, rule) },
  });
  const filters = [...(props.rewrite ? [rewriting(props.rewrite)] : []), ...(hasRule ? [extension] : [])];
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata,
    spec: {
      parentRefs,
      hostnames,
      rules: [
        ...(props.redirects ?? []).map((one, i) => ({
          matches: one.matches.map(httpMatch),
          filters: [redirecting(one), ...(one.query === undefined ? [] : [extensionOf(redirectRule(i))])],
        })),
        ...(props.responses ?? []).map((one, i) => ({
          matches: one.matches.map(httpMatch),
          filters: [extensionOf(responseRule(i))],
        })),
        { matches: (props.matches ?? EVERYTHING).map(httpMatch), filters: orNone(filters), backendRefs },
      ],
    },
  };
}

/** @param hasRule whether there is a ListenerRuleConfiguration of its name */
export function grpcRoute(
  metadata: Named,
  props: GatewayRouteProps<string>,
  service: ExposedService,
  weights: readonly ResolvedWeight[],
  hasRule: boolean,
): GRPCRoute {
  const { parentRefs, hostnames, backendRefs, extension } = common(metadata, props, service, weights);
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GRPCRoute',
    metadata,
    spec: {
      parentRefs,
      hostnames,
      rules: [
        {
          matches: props.matches?.map(grpcMatch),
          filters: hasRule ? [extension] : undefined,
          backendRefs,
        },
      ],
    },
  };
}

function rewriting({ host, path, prefix }: RouteRewrite): HttpFilter {
  return {
    type: 'URLRewrite',
    urlRewrite: {
      hostname: host,
      ...(path === undefined ? {} : { path: { type: 'ReplaceFullPath' as const, replaceFullPath: path } }),
      ...(prefix === undefined ? {} : { path: { type: 'ReplacePrefixMatch' as const, replacePrefixMatch: prefix } }),
    },
  };
}

function redirecting({ scheme, host, port, path, prefix, status = 302 }: RouteRedirect): HttpFilter {
  return {
    type: 'RequestRedirect',
    requestRedirect: {
      scheme,
      hostname: host,
      port,
      ...(path === undefined ? {} : { path: { type: 'ReplaceFullPath' as const, replaceFullPath: path } }),
      ...(prefix === undefined ? {} : { path: { type: 'ReplacePrefixMatch' as const, replacePrefixMatch: prefix } }),
      statusCode: status,
    },
  };
}
