import { Cluster, EksApp, Probe, Tenant, WebService } from 'cdk8s-eks-patterns';

/** Pods and Services with IPv6 addresses: the VPC's addresses are no limit any more. Cannot be changed later. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.36',
  // a node has a /80 of its own: how many pods it takes is for its memory to say
  nodeGroups: [{ name: 'workers', instanceType: 'm7i.large', minSize: 3 }],
  config: {
    kubernetesNetworkConfig: { ipFamily: 'IPv6' },
    managedNodeGroups: [{ name: 'workers', maxPodsPerNode: 110 }],
  },
});
const shop = new Tenant(cluster, 'shop');

const prices = new WebService(shop, 'prices', {
  image:
    '111122223333.dkr.ecr.us-west-2.amazonaws.com/prices:1.0.3@sha256:613e2890430c2321c80db595a67cb006fd4ad814cdb9e03f42b5d035e957f465',
  port: 8080,
  user: 10001,
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '100m', memory: '256Mi' },
  aws: {
    allow: [{ actions: ['dynamodb:Query'], resources: ['arn:aws:dynamodb:us-west-2:111122223333:table/prices'] }],
  },
});
new WebService(shop, 'web', {
  image:
    '111122223333.dkr.ecr.us-west-2.amazonaws.com/web:1.4.2@sha256:bd599e9597fff222e1a5f19660d0da34d0b8c0f3a508d0eea283ed508956f162',
  port: 8080,
  user: 10001,
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '250m', memory: '512Mi' },
  env: { PRICES_URL: prices.url() },
  connectsTo: [prices],
});
app.synth();
