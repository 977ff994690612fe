/** Random load balancers with options of their own. */
import { Authentication, Expose, Secret } from 'cdk8s-eks-patterns';
import { pick } from '../../review/damage';
import { freeId, type Value } from './draw';

const certificate = 'arn:aws:acm:us-west-2:111122223333:certificate/12345678-1234-1234-1234-123456789012';
const host = 'shop.example.com';
const endpoints = {
  issuer: 'https://login.example.com',
  authorizationEndpoint: 'https://login.example.com/authorize',
  tokenEndpoint: 'https://login.example.com/token',
  userInfoEndpoint: 'https://login.example.com/userinfo',
};
const settings = {
  healthCheck: { interval: '30s', timeout: '10s', healthy: 3, unhealthy: 5, successCodes: '200-299' },
  subnets: [{ subnet: 'subnet-0123456789abcdef0', cidr: '10.1.0.0/24' }],
  securityGroups: ['sg-0123456789abcdef0'],
  prefixLists: ['pl-0123456789abcdef0'],
  tags: { team: 'shop' },
  loadBalancerName: 'shop',
} as const;

export const balancers = [
  Expose.alb({ scheme: 'internal', host: [host, '*.shop.example.com'], certificate: [certificate], ...settings }),
  Expose.alb({ scheme: 'internal', host, listeners: { http: 80 } }),
  Expose.alb({
    scheme: 'internal',
    host,
    listeners: { http: 8080, https: 8443 },
    tlsPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
    protocol: 'https',
  }),
  Expose.alb({ scheme: 'internal', host, protocol: 'http2' }),
  Expose.alb({ scheme: 'internal', host, protocol: 'http' }),
  Expose.alb({ scheme: 'internal', host, protocol: 'grpc' }),
  Expose.alb({
    scheme: 'internal',
    host,
    webAcl: 'arn:aws:wafv2:us-west-2:111122223333:regional/webacl/shop/12345678-1234-1234-1234-123456789012',
    shieldAdvanced: true,
    attributes: { 'idle_timeout.timeout_seconds': '300' },
    targetGroupAttributes: { 'slow_start.duration_seconds': '60' },
  }),
  Expose.alb({
    scheme: 'internal',
    host,
    authentication: Authentication.cognito({
      userPoolArn: 'arn:aws:cognito-idp:us-west-2:111122223333:userpool/us-west-2_abc',
      clientId: 'web',
      domain: 'shop',
      scope: 'openid',
      sessionCookie: 'shop',
      sessionTimeout: '1h',
      onUnauthenticated: 'deny',
    }),
  }),
  Expose.alb({
    scheme: 'internal',
    host,
    authentication: Authentication.jwt({ jwksEndpoint: 'https://login.example.com/keys', issuer: 'login' }),
  }),
  Expose.alb({
    scheme: 'internet-facing',
    host,
    conditions: { headers: { 'x-canary': '1' }, query: { beta: 'a' }, method: 'GET' },
    ipamPool: 'ipam-pool-0123456789abcdef0',
    minimumCapacity: 200,
    mutualAuthentication: {
      mode: 'verify',
      trustStore: 'arn:aws:elasticloadbalancing:us-west-2:111122223333:truststore/partners/0123456789abcdef',
      ignoreExpired: true,
      advertiseAuthorities: true,
    },
  }),
  Expose.alb({
    scheme: 'internal',
    host,
    conditions: { headerPatterns: { 'user-agent': '.*Mobile.*' } },
    mutualAuthentication: { mode: 'passthrough' },
  }),
  Expose.nlb({ scheme: 'internal', listeners: { 80: 'http' }, ...settings }),
  Expose.nlb({ scheme: 'internal', listeners: { 443: 'http', 53: ['dns', 'http'] } }),
  Expose.nlb({
    scheme: 'internal',
    listeners: { 80: 'http', 443: 'admin' },
    certificate,
    tlsPorts: [443],
    tlsPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
    alpnPolicy: 'HTTP2Preferred',
  }),
  ...(['HTTP1Only', 'HTTP2Only', 'HTTP2Optional', 'None'] as const).map((alpnPolicy) =>
    Expose.nlb({ scheme: 'internal', certificate, alpnPolicy }),
  ),
  Expose.nlb({ scheme: 'internal', clientIp: 'preserve', crossZone: true }),
  Expose.nlb({ scheme: 'internal', clientIp: 'proxy-protocol', privateAddresses: ['10.0.0.10'] }),
  Expose.nlb({
    scheme: 'internet-facing',
    elasticIps: ['eipalloc-0123456789abcdef0'],
    attributes: { 'load_balancing.cross_zone.enabled': 'true' },
    targetGroupAttributes: { 'preserve_client_ip.enabled': 'false' },
  }),
  Expose.nlb({ scheme: 'internal', perMember: true, loadBalancerName: 'shop' }),
  Expose.nlb({
    scheme: 'internal',
    perMember: { domain: 'shop.example.com', privateAddresses: [['10.0.0.10'], ['10.0.0.11'], ['10.0.0.12']] },
  }),
  [
    Expose.nlb({ scheme: 'internal' }),
    Expose.nlb({ scheme: 'internet-facing', perMember: { elasticIps: [['eipalloc-0123456789abcdef0']] } }),
  ],
  [Expose.nlb({ scheme: 'internal' }), Expose.alb({ scheme: 'internal', host }), Expose.nodePort()],
];

/** Users who log in. */
export const oidc: Value = (random, tenant) =>
  Expose.alb({
    scheme: 'internal',
    host,
    authentication: Authentication.oidc({
      ...endpoints,
      secret: Secret.existing(tenant, freeId(random, 'oidc'), ['clientID', 'clientSecret']),
      onUnauthenticated: pick(random, ['authenticate', 'allow']),
    }),
  });
