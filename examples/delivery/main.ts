import {
  ArgoApplication,
  ArgoApplicationSet,
  ArgoGenerator,
  Cluster,
  EksApp,
  Expose,
  Probe,
  Tenant,
  WebService,
} from 'cdk8s-eks-patterns';

/** A shop that Argo CD delivers; the folders beside this file deliver the same output in other ways. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm7g.large', minSize: 3, maxSize: 6 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const repository = 'https://github.com/acme/shop.git';
new ArgoApplication(app, 'shop', { repository, path: 'dist' });
const generator = ArgoGenerator.clusters({ labels: { runs: 'shop' }, path: 'dist' });
new ArgoApplicationSet(app, 'regions', { repository, generator });
const shop = new Tenant(cluster, 'shop', { team: 'payments' });

new WebService(shop, 'web', {
  image:
    '111122223333.dkr.ecr.us-west-2.amazonaws.com/web:1.4.2@sha256:bd599e9597fff222e1a5f19660d0da34d0b8c0f3a508d0eea283ed508956f162',
  port: 8080,
  user: 10001,
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '250m', memory: '512Mi' },
  replicas: { min: 3, max: 10, cpuUtilization: 70 },
  env: { CURRENCY: 'EUR' },
  expose: Expose.alb({ scheme: 'internet-facing', host: 'shop.example.com' }),
});

app.synth();
