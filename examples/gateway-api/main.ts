import { Cluster, EksApp, Expose, Gateway, Image, Probe, RouteMatch, Tenant, WebService } from 'cdk8s-eks-patterns';

/** One Gateway for two teams, and a canary behind it: for those who ask for it by a header, and for a part of the others. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.xlarge', minSize: 3, desiredCapacity: 3, maxSize: 9 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const platform = new Tenant(cluster, 'platform');
const shop = new Tenant(cluster, 'shop');
const catalog = new Tenant(cluster, 'catalog');
const image = (repository: string, tag: string) =>
  Image.ecr({ account: '111122223333', region: 'us-west-2', repository, tag });
const props = { user: 10001, resources: { cpu: '250m', memory: '512Mi' } } as const;

const edge = new Gateway(platform, 'edge', {
  scheme: 'internet-facing',
  routesFrom: [shop, catalog],
  certificate: 'arn:aws:acm:us-west-2:111122223333:certificate/12345678-1234-1234-1234-123456789012',
  attributes: { 'idle_timeout.timeout_seconds': '120' },
  listenerAttributes: { 'routing.http.response.strict_transport_security.header_value': 'max-age=31536000' },
});

// those who send the header get the new version, and one in ten of the others
const at = { gateway: edge, host: 'shop.example.com' } as const;
const http = {
  ...props,
  port: 8080,
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
} as const;
const canary = new WebService(shop, 'web-canary', {
  ...http,
  image: image('shop/web', '1.5.0'),
  replicas: 2,
  expose: Expose.gateway({ ...at, matches: [RouteMatch.anyPath({ headers: { 'x-canary': 'always' } })] }),
});
new WebService(shop, 'web', {
  ...http,
  image: image('shop/web', '1.4.2'),
  replicas: 8,
  expose: Expose.gateway({
    ...at,
    weights: [{ to: canary, weight: 10 }],
    redirects: [{ matches: [RouteMatch.path('/start')], path: '/', status: 301 }],
  }),
});

// gRPC, of another team
new WebService(catalog, 'products', {
  ...props,
  image: image('catalog/products', '2.0.1'),
  port: { grpc: { port: 50051, appProtocol: 'grpc' } },
  probes: { readiness: Probe.grpc(), liveness: Probe.tcp() },
  replicas: 3,
  expose: Expose.gateway({
    gateway: edge,
    host: 'products.example.com',
    matches: [RouteMatch.grpc({ service: 'catalog.Products' })],
  }),
});
app.synth();
