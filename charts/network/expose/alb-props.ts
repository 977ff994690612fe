import type { Arn } from '../../../eks/values';
import type { KeyTable } from '../../../kube/values';
import type { Authentication } from './authentication';
import { BALANCER_SETTINGS, type BalancerSettings } from './balancer-settings';
import type { ExposeProps } from './load-balancer';
import type { RequestConditions } from './request-conditions';
import type { BackendProtocol } from './target-group';
import type { Weighted } from './weights';

/** Where an Application Load Balancer listens, and what protects it. */
export interface AlbFrontend {
  /**
   * The ARN of an ACM certificate, or several, the first of which is for clients that name no host.
   *
   * @default - the controller finds those of the host names
   */
  readonly certificate?: Arn | readonly Arn[];
  /**
   * The port on which the load balancer listens, by what it speaks there. Without `https` it listens without TLS, which is
   * refused with the scheme 'internet-facing'; without `http` nothing redirects to `https`.
   *
   * @default { http: 80, https: 443 } - and what comes to the first is redirected to the second
   */
  readonly listeners?: AlbListeners;
  /** The policy of TLS versions and ciphers. @default 'ELBSecurityPolicy-TLS13-1-2-2021-06' - TLS 1.3, and 1.2 for older clients */
  readonly tlsPolicy?: string;
  /** The ARN of a web ACL of AWS WAF in the region of the cluster, which filters requests. @default - none */
  readonly webAcl?: Arn;
  /** Protects it by Shield Advanced, to which the account must subscribe. @default - left as it is */
  readonly shieldAdvanced?: boolean;
}

/** Props of an Application Load Balancer, which an Ingress describes. */
export interface AlbProps<P extends string> extends ExposeProps<P>, AlbFrontend, Weighted, BalancerSettings {
  /** The host name, which may begin with '*.': 'shop.example.com'; or several. */
  readonly host: string | readonly string[];
  /** Path prefixes, each beginning with '/'. @default ['/'] */
  readonly paths?: readonly string[];
  /**
   * What it speaks to the pods. With 'grpc' the readiness probe must be a `Probe.grpc()`, else one over HTTP.
   *
   * @default - 'grpc' where the port has appProtocol 'grpc', 'http2' with 'kubernetes.io/h2c', 'https' with a readiness probe by HTTPS, else 'http'
   */
  readonly protocol?: BackendProtocol;
  /** Whom it lets in. @default - everyone, and the application asks */
  readonly authentication?: Authentication;
  /**
   * The name of a load balancer to share, also with other tenants and apps. In Auto Mode the members have an IngressClass of
   * their own, `alb-<group>`, which the cluster writes.
   *
   * @default - a load balancer of its own
   */
  readonly group?: string;
  /**
   * The place among the members of `group`, -1000 to 1000 and unique in it: the rules of lower numbers are tried first.
   *
   * @default - computed for the members of the app, so that longer paths come before shorter ones
   * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#group.order
   */
  readonly order?: number;
  /**
   * What a request must have beside host and path: all of it. Others go to another workload with the same host and path in
   * the group, or are answered with 404. At most five values of a rule: the host, the path (two for one other than '/'), and
   * each of these.
   *
   * @default - every request
   * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#conditions
   */
  readonly conditions?: RequestConditions;
  /** Asks clients for a certificate. It needs a listener with TLS. @default - clients have none */
  readonly mutualAuthentication?: MutualAuthentication;
  /** The id of an IPAM pool of public addresses, 'ipam-pool-...', for the scheme 'internet-facing'. @default - addresses of Amazon */
  readonly ipamPool?: string;
  /** Capacity units that are kept ready for load that comes suddenly, 100 or more. They are paid for at all times. @default - none */
  readonly minimumCapacity?: number;
}

/**
 * Certificates of clients.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
 */
export interface MutualAuthentication {
  /** 'verify' refuses clients without a certificate of the trust store; 'passthrough' leaves that to the pods, in a header. */
  readonly mode: 'verify' | 'passthrough';
  /** The ARN of the trust store. Required with 'verify', and for it alone. */
  readonly trustStore?: Arn;
  /** Takes certificates that have expired; with 'verify' alone. @default false */
  readonly ignoreExpired?: boolean;
  /** Tells clients the names of the authorities of the trust store; with 'verify' alone. @default false */
  readonly advertiseAuthorities?: boolean;
}

/** Ports of an Application Load Balancer. */
export interface AlbListeners {
  /** 1-65535. */
  readonly http?: number;
  /** 1-65535. */
  readonly https?: number;
}

export const FRONTEND: KeyTable<AlbFrontend> = {
  certificate: true,
  listeners: 'object',
  tlsPolicy: 'text',
  webAcl: 'text',
  shieldAdvanced: 'boolean',
};
export const ALB: KeyTable<AlbProps<string>> = {
  port: 'text',
  allowFrom: 'texts',
  scheme: true,
  host: true,
  paths: 'texts',
  protocol: true,
  authentication: 'object',
  group: 'text',
  order: true,
  conditions: 'object',
  mutualAuthentication: 'object',
  ipamPool: 'text',
  minimumCapacity: true,
  weights: 'list',
  stickiness: true,
  ...FRONTEND,
  ...BALANCER_SETTINGS,
};

export const MUTUAL: KeyTable<MutualAuthentication> = {
  mode: true,
  trustStore: 'text',
  ignoreExpired: 'boolean',
  advertiseAuthorities: 'boolean',
};

export const DEFAULT_LISTENERS: AlbListeners = { http: 80, https: 443 };
/** One or several, as a list. */
export const listOf = <T>(one: T | readonly T[] | undefined): readonly T[] =>
  one === undefined ? [] : Array.isArray(one) ? (one as readonly T[]) : [one as T];
