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
// the policy engine of the VPC CNI runs on nodes, which Fargate has none of
const reports = new Tenant(cluster, 'reports', {
  network: { open: true, because: 'Fargate does not enforce network policies; its pods have security groups' },
});

new Worker(reports, 'renderer', {
  image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/renderer:1.1.0',
  user: 10001,
  replicas: 2,
  probes: { liveness: Probe.exec(['/app/alive']) },
  resources: { cpu: '1', memory: '2Gi', cpuLimit: '1' },
});
app.synth();
