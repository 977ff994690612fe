import {
  Cluster,
  EksApp,
  Expose,
  NodePool,
  Probe,
  StatefulService,
  Tenant,
  WebService,
  Worker,
} from 'cdk8s-eks-patterns';

/** EKS Auto Mode in place of node groups: AWS runs the nodes, the network, EBS and the load balancers. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', { region: 'us-west-2', version: '1.36', autoMode: true });
// the built-in pool makes x86 nodes on demand only
new NodePool(cluster, 'graviton-spot', {
  architectures: ['arm64'],
  capacityTypes: ['spot', 'on-demand'],
  limits: { cpu: '64', memory: '256Gi' },
});
const shop = new Tenant(cluster, 'shop');

const cache = new StatefulService(shop, 'cache', {
  image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/ecr-public/docker/library/valkey:8.1-alpine',
  port: 6379,
  user: { uid: 999, gid: 1000 },
  replicas: 1,
  storage: { mountPath: '/data', size: '10Gi' },
  args: ['--appendonly', 'yes'],
  probes: { readiness: Probe.exec(['valkey-cli', 'ping']), liveness: Probe.tcp() },
  resources: { cpu: '100m', memory: '256Mi' },
});
new WebService(shop, 'web', {
  image:
    '111122223333.dkr.ecr.us-west-2.amazonaws.com/web:1.4.2@sha256:bd599e9597fff222e1a5f19660d0da34d0b8c0f3a508d0eea283ed508956f162',
  port: 8080,
  user: 10001,
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '250m', memory: '512Mi' },
  replicas: { min: 3, max: 10, cpuUtilization: 70 },
  env: { CACHE_URL: cache.url('redis') },
  connectsTo: [cache],
  expose: Expose.alb({ scheme: 'internet-facing', host: 'shop.example.com' }),
});
new Worker(shop, 'thumbnails', {
  image:
    '111122223333.dkr.ecr.us-west-2.amazonaws.com/thumbnails:2.2.0@sha256:8dd35bd3cc9dbfc96b8e008bbd6e03d3eaaf26767ec6c1a4225e82b33e732c59',
  user: 10001,
  replicas: 4,
  probes: { readiness: Probe.exec(['/app/connected']), liveness: Probe.exec(['/app/alive']) },
  resources: { cpu: '1', memory: '1Gi' },
  placement: { architecture: 'arm64' },
});
app.synth();
