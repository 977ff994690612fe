import type { AlbListeners } from '../expose/alb-props';
import type { LoadBalancerSubnet } from '../expose/balancer-settings';

/** What routes know of their Gateway. */
export interface GatewayFacts {
  readonly name: string;
  readonly namespace: string;
  readonly scheme: 'internal' | 'internet-facing';
  /** The ports on which it listens. */
  readonly listeners: AlbListeners;
  /** Its subnets, where they are not those of the cluster. */
  readonly subnets: readonly LoadBalancerSubnet[] | undefined;
  /** The namespaces whose routes it takes; undefined where nobody knows. */
  readonly routesFrom: 'all' | readonly string[] | undefined;
}

/** What `Expose.gateway` sends traffic through: a Gateway of this app, or one that exists. */
export interface GatewayTarget {
  /** What routes know of it. */
  toGatewayTarget(): GatewayFacts;
}
