import {
  BatchJob,
  Cluster,
  EksApp,
  Expose,
  Mesh,
  Peer,
  Probe,
  StatefulService,
  Tenant,
  WebService,
} from 'cdk8s-eks-patterns';

const image = (name: string) =>
  `111122223333.dkr.ecr.us-west-2.amazonaws.com/${name}:1.0.0@sha256:8b7a21fc7807f9ed1c0c7b45908602d5d3d55e4b4e0aa0caf8ea8fcd94c4da28`;
const probes = { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') };
const defaults = { user: 10001, resources: { cpu: '250m', memory: '512Mi' } };

const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.xlarge', minSize: 3, maxSize: 9 }],
});

// a proxy in each pod
const shop = new Tenant(cluster, 'shop', {
  defaults,
  mesh: Mesh.istio({ mode: 'sidecar', proxy: { cpu: '50m', memory: '128Mi', memoryLimit: '512Mi' } }),
});
const orders = new StatefulService(shop, 'orders', {
  image: image('orders'),
  port: 7000,
  probes,
  replicas: 1,
  storage: { mountPath: '/var/lib/orders', size: '20Gi' },
});
// the load balancer has no certificate of the mesh: port 8080 takes plain text too
const web = new WebService(shop, 'web', {
  image: image('web'),
  port: 8080,
  probes,
  connectsTo: [orders],
  env: { ORDERS_URL: orders.url('http') },
  expose: Expose.alb({ scheme: 'internet-facing', host: 'shop.example.com' }),
});
// ends, since its proxy ends with it
new BatchJob(shop, 'migrate', {
  image: image('migrate'),
  connectsTo: [orders],
  env: { ORDERS_URL: orders.url('http') },
});

// a proxy on each node
const reports = new Tenant(cluster, 'reports', { defaults, mesh: Mesh.istio({ mode: 'ambient' }) });
new WebService(reports, 'board', {
  image: image('board'),
  port: 8080,
  probes,
  metrics: { port: 9090 },
  connectsTo: [web],
  env: { SHOP_URL: web.url() },
});

// called by services of other VPCs
const partners = new Tenant(cluster, 'partners', { defaults, mesh: Mesh.lattice() });
new WebService(partners, 'gateway', {
  image: image('gateway'),
  port: 8080,
  probes,
  connectsTo: [Peer.internet(443)],
});

app.synth();
