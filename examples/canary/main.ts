import { Analysis, ArgoRollout, Cluster, EksApp, Expose, Image, Probe, Tenant, WebService } from 'cdk8s-eks-patterns';

/** Two ways to give a new version a share of the requests: a load balancer with weights, and Argo Rollouts with an analysis. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.xlarge', minSize: 3, desiredCapacity: 3, maxSize: 9 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const shop = new Tenant(cluster, 'shop');
const image = (repository: string, tag: string) =>
  Image.ecr({ account: '111122223333', region: 'us-west-2', repository, tag });
const props = {
  user: 10001,
  port: 8080,
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '250m', memory: '512Mi' },
  metrics: { path: '/metrics', monitor: 'pod' },
} as const;

// called from inside the cluster: Argo Rollouts shifts the pods, and takes them back when the analysis fails
const ORDERS = '3.2.0';
const requests = (more: string) =>
  `sum(rate(http_requests_total{namespace="shop",container="orders",version="${ORDERS}"${more}}[2m]))`;
const errors = Analysis.prometheus({
  name: 'errors',
  address: 'http://prometheus-operated.monitoring:9090',
  query: `(${requests(',code=~"5.."')} or vector(0)) / (${requests('')} > 0)`,
  success: 'result[0] < 0.05',
  initialDelay: '3m', // until the first requests are scraped
  failureLimit: 1,
});
const orders = new WebService(shop, 'orders', {
  ...props,
  image: image('shop/orders', ORDERS),
  env: { VERSION: ORDERS }, // a label of its metrics
  replicas: { min: 5, max: 20 },
  rollout: ArgoRollout.canary({
    steps: [{ setWeight: 20 }, { pause: '10m' }, { setWeight: 50 }, { pause: '10m' }],
    analysis: errors,
  }),
});

// called from outside: the load balancer shifts the requests, and people decide
const web = { ...props, env: { ORDERS: orders.url() }, connectsTo: [orders] } as const;
const canary = new WebService(shop, 'web-canary', { ...web, image: image('shop/web', '1.5.0'), replicas: 2 });
new WebService(shop, 'web', {
  ...web,
  image: image('shop/web', '1.4.2'),
  replicas: 8,
  expose: Expose.alb({
    scheme: 'internet-facing',
    host: 'shop.example.com',
    weights: [{ to: canary, weight: 20 }],
    stickiness: '1h',
  }),
});
app.synth();
