import { AWS_GATEWAY_GROUP, GATEWAY_API } from '../../../eks/gateway-api';
import { GATEWAY_CLASS } from '../../core/class-names';
import type { ClusterContext } from '../../core/cluster-context';
import type { GatewayObject, HTTPRoute, LoadBalancerConfiguration, ObjectMeta } from '../../core/k8s';
import { type AlbFrontend, listOf } from '../expose/alb-props';
import { asList } from '../expose/attributes';
import type { LoadBalancerSettings } from '../expose/balancer-settings';
import { TLS_POLICY } from '../expose/load-balancer';
import type { GatewayProps } from './props';
import type { AnyGateway, GatewayFacts } from './target';

type Named = ObjectMeta & { name: string };
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** The Gateway of a load balancer, which names its configuration. */
export function gatewayObject(metadata: Named, { listeners, namespace, routesFrom }: GatewayFacts): GatewayObject {
  const { http, https } = listeners;
  const open = { namespaces: allowed(namespace, routesFrom) };
  // where there is TLS, what comes without it is only redirected
  const closed = https === undefined ? open : { namespaces: { from: 'Same' as const } };
  return gatewayOf(metadata, GATEWAY_CLASS.alb, [
    ...(http === undefined ? [] : [{ name: 'http', port: http, protocol: 'HTTP', allowedRoutes: closed }]),
    ...(https === undefined ? [] : [{ name: 'https', port: https, protocol: 'HTTPS', allowedRoutes: open }]),
  ]);
}

export const gatewayOf = (
  metadata: Named,
  gatewayClassName: string,
  listeners: GatewayObject['spec']['listeners'],
): GatewayObject => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata,
  spec: {
    gatewayClassName,
    infrastructure: {
      parametersRef: { group: AWS_GATEWAY_GROUP, kind: 'LoadBalancerConfiguration', name: metadata.name },
    },
    listeners,
  },
});

/** The namespaces whose routes a listener takes. */
export function allowed(namespace: string, from: GatewayFacts['routesFrom']) {
  if (from === 'all') {
    return { from: 'All' as const };
  }
  const values = [...new Set([namespace, ...(from ?? [])])];
  return values.length === 1
    ? { from: 'Same' as const }
    : {
        from: 'Selector' as const,
        selector: { matchExpressions: [{ key: NAMESPACE_NAME, operator: 'In', values }] },
      };
}

/** What annotations of an Ingress say of the load balancer, in the spelling of a Gateway. */
export function albConfiguration(
  metadata: Named,
  props: GatewayProps,
  { listeners: { http, https } }: GatewayFacts,
  cluster: ClusterContext | undefined,
): LoadBalancerConfiguration {
  const { listenerAttributes } = props;
  const own = listenerAttributes && { listenerAttributes: asList(listenerAttributes) };
  const withTls = https !== undefined && {
    protocolPort: `HTTPS:${https}`,
    ...tlsOf(props),
    ...own,
  };
  const listener = withTls || (own && { protocolPort: `HTTP:${http}`, ...own });
  return loadBalancerConfiguration(metadata, listener ? [listener] : [], {
    ...balancerSpec(props, cluster),
    wafV2: props.webAcl === undefined ? undefined : { webACL: props.webAcl },
    shieldConfiguration: props.shieldAdvanced === undefined ? undefined : { enabled: props.shieldAdvanced },
  });
}

/** The configuration of a load balancer of either kind, with what is said of its listeners. */
export function loadBalancerConfiguration(
  metadata: Named,
  listeners: NonNullable<LoadBalancerConfiguration['spec']['listenerConfigurations']>,
  spec: LoadBalancerConfiguration['spec'],
): LoadBalancerConfiguration {
  return {
    apiVersion: 'gateway.k8s.aws/v1',
    kind: 'LoadBalancerConfiguration',
    metadata,
    spec: {
      ...spec,
      // the API server adds its default to an item of a list, and kubectl would take that away at each apply
      listenerConfigurations:
        listeners.length === 0 ? undefined : listeners.map((one) => ({ ...one, alpnPolicy: one.alpnPolicy ?? 'None' })),
    },
  };
}

/** What load balancers of both kinds have. */
export function balancerSpec(
  props: Pick<GatewayProps, 'scheme' | 'allowFrom'> & LoadBalancerSettings,
  cluster: ClusterContext | undefined,
): LoadBalancerConfiguration['spec'] {
  const { subnets, securityGroups, prefixLists, attributes, tags } = props;
  return {
    scheme: props.scheme,
    loadBalancerName: props.loadBalancerName,
    // only a dual-stack load balancer reaches pods with IPv6 addresses
    ipAddressType: cluster?.ipFamily === 'IPv6' ? 'dualstack' : undefined,
    loadBalancerSubnets: subnets?.map(({ subnet }) => ({ identifier: subnet })),
    securityGroups: securityGroups && [...securityGroups],
    manageBackendSecurityGroupRules: securityGroups && true,
    securityGroupPrefixes: prefixLists && [...prefixLists],
    sourceRanges: props.allowFrom && [...props.allowFrom],
    loadBalancerAttributes: attributes && asList(attributes),
    tags: tags && { ...tags },
  };
}

/** What a listener with TLS has; without certificates, the controller finds them by the hosts of routes. */
export function tlsOf({ certificate, tlsPolicy }: Pick<AlbFrontend, 'certificate' | 'tlsPolicy'>) {
  const [first, ...certificates] = listOf(certificate);
  return {
    ...(first === undefined ? {} : { defaultCertificate: first }),
    ...(certificates.length === 0 ? {} : { certificates }),
    sslPolicy: tlsPolicy ?? TLS_POLICY,
  };
}

/** What a route names as its Gateway. */
export const parentRef = ({ name, namespace }: AnyGateway, from: string, sectionName: string) => ({
  group: GATEWAY_API.group,
  kind: 'Gateway',
  name,
  ...(namespace === from ? {} : { namespace }),
  sectionName,
});

/** Sends what comes without TLS to the port with TLS. */
export function redirect(metadata: Named, gateway: GatewayFacts, https: number): HTTPRoute {
  const port = https === 443 ? {} : { port: https };
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata,
    spec: {
      parentRefs: [parentRef(gateway, gateway.namespace, 'http')],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', ...port, statusCode: 301 } }],
        },
      ],
    },
  };
}
