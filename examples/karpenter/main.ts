import { Cluster, EksApp, Placement, Probe, Tenant, Worker } from 'cdk8s-eks-patterns';

/** A small node group for the controllers; Karpenter makes the nodes of everything else when pods wait for them. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  publicAccessCIDRs: ['203.0.113.0/24'],
  nodeGroups: [{ name: 'system', instanceType: 'm7i.large', minSize: 3 }],
  karpenter: {
    version: '1.9.0',
    architectures: ['amd64', 'arm64'],
    capacityTypes: ['spot', 'on-demand'],
    limits: { cpu: '200', memory: '800Gi' },
  },
});
const media = new Tenant(cluster, 'media');

new Worker(media, 'thumbnails', {
  image:
    '111122223333.dkr.ecr.us-west-2.amazonaws.com/thumbnails:2.2.0@sha256:8dd35bd3cc9dbfc96b8e008bbd6e03d3eaaf26767ec6c1a4225e82b33e732c59',
  user: 10001,
  replicas: 12,
  probes: { readiness: Probe.exec(['/app/connected']), liveness: Probe.exec(['/app/alive']) },
  resources: { cpu: '1', memory: '1Gi' },
  placement: Placement.spot({ architecture: 'arm64' }),
  aws: {
    by: 'irsa',
    account: '111122223333',
    allow: [{ actions: ['s3:GetObject', 's3:PutObject'], resources: ['arn:aws:s3:::media/*'] }],
  },
  // finds the nodes that it is spread over
  apiAccess: { cluster: [{ apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] }] },
});
app.synth();
