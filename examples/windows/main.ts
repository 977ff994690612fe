import { Cluster, EksApp, Expose, Image, Placement, Probe, Tenant, WebService } from 'cdk8s-eks-patterns';

/** An ASP.NET Core application on Windows, which calls a service on Linux. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [
    { name: 'workers', instanceType: 'm5.large', minSize: 3, maxSize: 6 },
    {
      name: 'windows',
      instanceType: 'm5.xlarge',
      amiFamily: 'WindowsServer2022CoreContainer',
      minSize: 3,
      maxSize: 9,
      taints: [{ key: 'os', value: 'windows', effect: 'NoSchedule' }],
    },
  ],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const billing = new Tenant(cluster, 'billing');
const ecr = { account: '111122223333', region: 'us-west-2' } as const;

const prices = new WebService(billing, 'prices', {
  image: Image.ecr({ ...ecr, repository: 'billing/prices', tag: '2.3.0' }),
  user: 10001,
  port: 8080,
  replicas: 2,
  probes: { readiness: Probe.http('/healthz/ready'), liveness: Probe.http('/healthz/live') },
  resources: { cpu: '100m', memory: '256Mi' },
});

new WebService(billing, 'invoices', {
  image: Image.ecr({ ...ecr, repository: 'billing/invoices', tag: '4.8.1-ltsc2022' }),
  placement: Placement.windows(),
  port: 8080,
  replicas: { min: 3, max: 12 },
  env: { Prices__Url: prices.url() }, // Prices:Url in the configuration of .NET
  probes: {
    readiness: Probe.http('/healthz/ready', { timeout: '3s' }),
    liveness: Probe.http('/healthz/live', { timeout: '3s' }),
    startup: Probe.http('/healthz/live', { timeout: '3s', period: '10s', failures: 30 }),
  },
  resources: { cpu: '500m', memory: '1Gi', ephemeralStorage: '2Gi' },
  shutdown: { drain: '30s' },
  rollout: { deadline: '30m' }, // a node takes minutes to start, and its image has gigabytes
  connectsTo: [prices],
  expose: Expose.alb({ scheme: 'internal', host: 'invoices.example.com' }),
  waive: { 'connections/windows': 'each call has a token, which the application checks' },
});
app.synth();
