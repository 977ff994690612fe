import type { Cidr, KeyTable } from '../../../../kube/values';
import type { GatewayTarget } from '../../gateway/target';
import type { Authentication } from '../authentication';
import { TARGET_SETTINGS, type TargetSettings } from '../balancer-settings';
import type { BackendProtocol } from '../target-group';
import type { Weighted } from '../weights';
import type { RouteMatch } from './match';

/** Another path or host for the requests of a route. */
export interface RouteRewrite {
  /** The host that the workload sees. @default - that of the request */
  readonly host?: string;
  /** The whole path that the workload sees, beginning with '/'. Not beside `prefix`. @default - that of the request */
  readonly path?: string;
  /**
   * What stands in place of the prefix of `matches`, which must be one `RouteMatch.path`: '/' cuts it off. Not beside `path`.
   *
   * @default - the prefix stays
   */
  readonly prefix?: string;
}

/** An answer that sends clients elsewhere. At least one of scheme, host, port and path. */
export interface RouteRedirect {
  /** The requests that are sent elsewhere. */
  readonly matches: readonly RouteMatch[];
  /** The scheme. @default - that of the request */
  readonly scheme?: 'http' | 'https';
  /** The host. @default - that of the request */
  readonly host?: string;
  /** The port, 1-65535. @default - that of the scheme, or of the request */
  readonly port?: number;
  /** The whole path, beginning with '/'. Not beside `prefix`. @default - that of the request */
  readonly path?: string;
  /**
   * What stands in place of the prefix of `matches`, which must be one `RouteMatch.path`. Only beside a scheme, host or port, since
   * AWS takes it for a loop without. Not beside `path`.
   *
   * @default - the prefix stays
   */
  readonly prefix?: string;
  /** The query, in which '#{query}' is that of the request; '' for none. At most 128 characters. @default - that of the request */
  readonly query?: string;
  /** 301 says that it stays so, 302 that it may change. @default 302 */
  readonly status?: 301 | 302;
}

/** What an answer of the load balancer can be. */
export const CONTENT_TYPES = [
  'text/plain',
  'text/css',
  'text/html',
  'application/javascript',
  'application/json',
] as const;

/** An answer that the load balancer gives by itself, such as that of a page that is closed. */
export interface RouteResponse {
  /** The requests that get it. */
  readonly matches: readonly RouteMatch[];
  /** The status: 200 to 299, or 400 to 599. */
  readonly status: number;
  /** What it says, at most 1024 characters. @default - nothing */
  readonly body?: string;
  /** What `body` is. @default 'text/plain' */
  readonly contentType?: (typeof CONTENT_TYPES)[number];
}

/** Props of a workload behind a Gateway. */
export interface GatewayRouteProps<P extends string> extends Weighted, TargetSettings {
  /** The Gateway: one of this app, or `Gateway.existing({...})`. It must take routes of this namespace. */
  readonly gateway: GatewayTarget;
  /** The host name, which may begin with '*.': 'shop.example.com'; or several. */
  readonly host: string | readonly string[];
  /** The name of the port to send traffic to. Its health check is the readiness probe of the workload. @default - the main port */
  readonly port?: P;
  /** The requests of this workload: those that fit any of them. @default - all of its hosts */
  readonly matches?: readonly RouteMatch[];
  /** Another path or host for its requests. Refused with gRPC. @default - as they come */
  readonly rewrite?: RouteRewrite;
  /** Requests of its hosts that are sent elsewhere. Refused with gRPC. @default - none */
  readonly redirects?: readonly RouteRedirect[];
  /** Requests of its hosts that the load balancer answers by itself, whoever sends them. Refused with gRPC. @default - none */
  readonly responses?: readonly RouteResponse[];
  /**
   * What the load balancer speaks to the pods. 'grpc' makes a GRPCRoute; it and 'http2' need a listener with TLS.
   *
   * @default - 'grpc' where the port has appProtocol 'grpc', 'http2' with 'kubernetes.io/h2c', 'https' with a readiness probe by HTTPS, else 'http'
   */
  readonly protocol?: BackendProtocol;
  /** Whom it lets in. Needs a listener with TLS. @default - everyone, and the application asks */
  readonly authentication?: Authentication;
  /** The ranges of addresses that may call this workload. @default - those of the Gateway */
  readonly allowFrom?: readonly Cidr[];
}

export const GATEWAY_ROUTE: KeyTable<GatewayRouteProps<string>> = {
  gateway: 'object',
  host: true,
  port: 'text',
  matches: 'list',
  rewrite: 'object',
  redirects: 'list',
  responses: 'list',
  protocol: true,
  authentication: 'object',
  allowFrom: 'texts',
  weights: 'list',
  stickiness: true,
  ...TARGET_SETTINGS,
};
export const REWRITE: KeyTable<RouteRewrite> = { host: 'text', path: 'text', prefix: 'text' };
export const REDIRECT: KeyTable<RouteRedirect> = {
  matches: 'list',
  scheme: true,
  host: 'text',
  port: true,
  path: 'text',
  prefix: 'text',
  query: 'text',
  status: true,
};
export const RESPONSE: KeyTable<RouteResponse> = { matches: 'list', status: true, body: 'text', contentType: true };
