import type { Cidr, KeyTable } from '../../../kube/values';
import { type AlbFrontend, type AlbListeners, FRONTEND } from '../expose/alb-props';
import {
  LOAD_BALANCER_SETTINGS,
  type LoadBalancerSettings,
  type LoadBalancerSubnet,
} from '../expose/balancer-settings';

/** Props of a Gateway. */
export interface GatewayProps extends AlbFrontend, LoadBalancerSettings {
  /** Who can reach it: the internet or the VPC. Required, since a wrong default would publish what is behind it. */
  readonly scheme: 'internet-facing' | 'internal';
  /** The ranges of addresses that may call. @default - all that can reach the load balancer */
  readonly allowFrom?: readonly Cidr[];
  /**
   * The namespaces whose routes it takes beside those of its own: Tenants, names of namespaces, or 'all'. Whoever may add a
   * route decides on the traffic of every host name that no other route has.
   *
   * @default - only its own
   * @see https://gateway-api.sigs.k8s.io/concepts/security-model/
   */
  readonly routesFrom?: 'all' | readonly (string | { readonly namespace: string })[];
  /**
   * Attributes of the listener with TLS, or of the only one, by their names in AWS:
   * { 'routing.http.response.strict_transport_security.header_value': 'max-age=31536000' }. An Application Load Balancer
   * changes headers by these alone, and not by filters of routes.
   *
   * @default - those of AWS
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html
   */
  readonly listenerAttributes?: Readonly<Record<string, string>>;
}

export const GATEWAY: KeyTable<GatewayProps> = {
  scheme: true,
  allowFrom: 'texts',
  routesFrom: true,
  listenerAttributes: 'map',
  ...FRONTEND,
  ...LOAD_BALANCER_SETTINGS,
};

/** A Gateway that another app or team has made. */
export interface ExistingGatewayProps {
  /** The name of the Gateway. */
  readonly name: string;
  /** Its namespace. It must take routes of the namespace of the workload. */
  readonly namespace: string;
  /** Who can reach it, which tells the subnets that it calls from. */
  readonly scheme: 'internet-facing' | 'internal';
  /** Its ports; its listeners must be called 'http' and 'https'. @default { http: 80, https: 443 } */
  readonly listeners?: AlbListeners;
  /** Its subnets, with their ranges. @default - those of the cluster for the scheme */
  readonly subnets?: readonly LoadBalancerSubnet[];
}

export const EXISTING: KeyTable<ExistingGatewayProps> = {
  name: 'text',
  namespace: 'text',
  scheme: true,
  listeners: 'object',
  subnets: 'list',
};
