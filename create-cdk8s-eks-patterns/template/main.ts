import { Cluster, EksApp, Probe, Tenant, WebService } from 'cdk8s-eks-patterns';

const app = new EksApp();

const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm7i.large', desiredCapacity: 2, maxSize: 4 }],
  // the addresses from which you use kubectl; without them everyone can reach the API server, as `npm run check` says
  // publicAccessCIDRs: ['203.0.113.0/24'],
});

const shop = new Tenant(cluster, 'shop');

new WebService(shop, 'web', {
  // replace it with your image, user, port and paths
  image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/web:1.0.0',
  port: 8080,
  user: 10001,
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '250m', memory: '512Mi' },
});

app.synth();
