import { Cluster, EksApp, Probe, Tenant, Worker } from 'cdk8s-eks-patterns';

/** One tenant runs on Fargate, a machine a pod; the rest, add-ons included, on a small node group. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.36',
  nodeGroups: [{ name: 'workers', instanceType: 'm7i.large', minSize: 2 }],
  config: {
    fargateProfiles: [{ name: 'reports', selectors: [{ namespace: 'reports' }] }],
  },
});
const reports = new Tenant(cluster, 'reports', {
  waive: { 'connections/fargate': 'the policies hold as soon as a pod moves to a node' },
});

new Worker(reports, 'renderer', {
  image:
    '111122223333.dkr.ecr.us-west-2.amazonaws.com/renderer:1.1.0@sha256:f3dafde7a72306d8582db9f505bbb271d9833673707b89daed856740520c5725',
  user: 10001,
  replicas: 2,
  probes: { readiness: Probe.exec(['/app/connected']), liveness: Probe.exec(['/app/alive']) },
  resources: { cpu: '1', memory: '2Gi', cpuLimit: '1' },
});
app.synth();
