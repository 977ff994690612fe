import { Cluster, EksApp, Probe, Tenant, Worker } from 'cdk8s-eks-patterns';

/** No way to the internet: images come from ECR, AWS is reached through VPC endpoints. Run eksctl and kubectl inside the VPC. */
const app = new EksApp();
const cluster = new Cluster(app, 'vault', {
  region: 'us-west-2',
  version: '1.36',
  vpcCidr: '10.60.0.0/16',
  admins: ['arn:aws:iam::111122223333:role/platform-admin'],
  nodeGroups: [{ name: 'workers', instanceType: 'm7i.large', minSize: 3 }],
  config: {
    privateCluster: { enabled: true, additionalEndpointServices: ['logs', 'autoscaling'] },
  },
});
const ledger = new Tenant(cluster, 'ledger');

new Worker(ledger, 'settlement', {
  image:
    '111122223333.dkr.ecr.us-west-2.amazonaws.com/settlement:3.0.1@sha256:4532245b04e545e4d94fb08032ea2d483de11e0b9f3419a993885897847c5bc5',
  user: 10001,
  replicas: 2,
  probes: { readiness: Probe.exec(['/app/connected']), liveness: Probe.exec(['/app/alive']) },
  resources: { cpu: '250m', memory: '512Mi' },
});
app.synth();
