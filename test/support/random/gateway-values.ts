/** Random routes of Gateways. */
import {
  Authentication,
  Expose,
  Gateway,
  type GatewayRouteProps,
  NetworkGateway,
  RouteMatch,
} from 'cdk8s-eks-patterns';
import { pick } from '../../review/damage';
import { web } from '../app';
import { freeId, type Value } from './draw';

const host = 'shop.example.com';
const settings = {
  healthCheck: { interval: '30s', timeout: '10s', healthy: 3, unhealthy: 5, successCodes: '200-299' },
  targetGroupAttributes: { 'slow_start.duration_seconds': '60' },
} as const;
const existing = Gateway.existing({
  name: 'edge',
  namespace: 'gateways',
  scheme: 'internet-facing',
  listeners: { http: 8080, https: 8443 },
  subnets: [{ subnet: 'subnet-0123456789abcdef0', cidr: '10.1.0.0/24' }],
});
type Props = Omit<GatewayRouteProps<string>, 'gateway'>;
const CONTENT_TYPES = ['text/plain', 'text/css', 'text/html', 'application/javascript', 'application/json'] as const;
const ROUTES: readonly Props[] = [
  { host },
  { host: [host, '*.shop.example.com'], protocol: 'http2', ...settings },
  { host, port: 'http', protocol: 'https' },
  {
    host,
    authentication: Authentication.jwt({ jwksEndpoint: 'https://login.example.com/keys', issuer: 'login' }),
  },
  { host, protocol: 'http', allowFrom: ['10.0.0.0/8'] },
  {
    host,
    protocol: 'grpc',
    matches: [RouteMatch.grpc({ service: 'shop.Catalog', method: 'Get', headers: { a: '1' } })],
  },
  {
    host,
    matches: [
      RouteMatch.path('/cart', { method: 'GET' }),
      RouteMatch.exactPath('/a', { headers: { 'x-a': '1,2' } }),
      RouteMatch.pathPattern('^/v[0-9]+$', { headerPatterns: { 'user-agent': '.*Mobile.*' } }),
      RouteMatch.anyPath({ query: { beta: '1' } }),
      ...(['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'] as const).map((method) =>
        RouteMatch.anyPath({ method }),
      ),
    ],
  },
  { host, matches: [RouteMatch.path('/api')], rewrite: { prefix: '/', host: 'api.internal' } },
  {
    host,
    rewrite: { path: '/index.html' },
    redirects: [
      { matches: [RouteMatch.path('/old')], path: '/new', status: 301 },
      { matches: [RouteMatch.path('/help')], scheme: 'https', host: 'help.example.com', port: 8443, status: 302 },
      { matches: [RouteMatch.path('/plain')], scheme: 'http' },
      { matches: [RouteMatch.path('/moved')], host: 'new.example.com', prefix: '/', query: 'from=#{query}' },
    ],
    responses: [
      { matches: [RouteMatch.path('/gone')], status: 410 },
      ...CONTENT_TYPES.map((contentType, i) => ({
        matches: [RouteMatch.path(`/page-${i}`)],
        status: 503,
        body: 'closed',
        contentType,
      })),
    ],
  },
];

/** Behind a Gateway of the tenant, or one that exists. */
export const routes: Value = (random, tenant) => {
  const gateway = pick(random, [
    existing,
    new Gateway(tenant, freeId(random, 'edge'), { scheme: pick(random, ['internal', 'internet-facing']) }),
  ]);
  const weighted = random() < 0.3;
  return Expose.gateway({
    gateway,
    ...(weighted
      ? {
          host,
          weights: [{ to: web({}, tenant, freeId(random, 'canary')), weight: pick(random, [0, 10, 100]) }],
          ...pick(random, [{}, { stickiness: '10m' }]),
        }
      : pick(random, ROUTES)),
  });
};

/** Behind a listener of a Network Load Balancer. */
export const listeners: Value = (random, tenant) =>
  Expose.networkGateway({
    gateway: new NetworkGateway(tenant, freeId(random, 'queues'), {
      scheme: pick(random, ['internal', 'internet-facing']),
      listeners: { 80: 'TCP', 53: 'UDP', 443: 'TLS' },
    }),
    ...pick(random, [
      { listener: 80 },
      { listener: 80, port: 'http' },
      { listener: 443, host },
      { listener: 53, port: 'dns', ...settings },
    ]),
  });
