import type { Cidr } from '../../../kube/values';
import type { AlbListeners } from '../expose/alb-props';
import type { LoadBalancerSubnet } from '../expose/balancer-settings';

/** What routes know of a Gateway of any kind. */
export interface AnyGateway {
  readonly name: string;
  readonly namespace: string;
  readonly scheme: 'internal' | 'internet-facing';
  /** Its subnets, where they are not those of the cluster. */
  readonly subnets: readonly LoadBalancerSubnet[] | undefined;
  /** The namespaces whose routes it takes; undefined where nobody knows. */
  readonly routesFrom: 'all' | readonly string[] | undefined;
}

/** What routes know of a Gateway that is an Application Load Balancer. */
export interface GatewayFacts extends AnyGateway {
  /** The ports on which it listens. */
  readonly listeners: AlbListeners;
}

/** What a listener of a Network Load Balancer speaks: with 'TLS' it ends TLS, and sends TCP to the pods. */
export type NetworkProtocol = 'TCP' | 'UDP' | 'TLS';
/** What routes know of a Gateway that is a Network Load Balancer. */
export interface NetworkGatewayFacts extends AnyGateway {
  /** What it speaks, by the port on which it listens. */
  readonly listeners: Readonly<Record<number, NetworkProtocol>>;
  /** Whether its listeners with TLS have a certificate without the names of routes. */
  readonly hasCertificate: boolean;
  /** The ranges of addresses that may call; undefined for all that can reach it. */
  readonly allowFrom: readonly Cidr[] | undefined;
}

/** What `Expose.gateway` sends traffic through: a Gateway of this app, or one that exists. */
export interface GatewayTarget {
  /** What routes know of it. */
  toGatewayTarget(): GatewayFacts;
}
