import { Cluster, EksApp, Probe, Tenant, WebService, Worker } from 'cdk8s-eks-patterns';

/** A small group on demand for what must stay, Spot for what may go at two minutes' notice; x86 and Graviton side by side. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.36',
  nodeGroups: [
    { name: 'base', instanceType: 'm7g.large', minSize: 3, maxSize: 6 },
    {
      name: 'spot-arm',
      // many types of one size: when one runs out, the others remain
      instanceType: ['m6g.xlarge', 'm7g.xlarge', 'c6g.xlarge', 'c7g.xlarge', 'r6g.xlarge', 'r7g.xlarge'],
      minSize: 0,
      desiredCapacity: 2,
      maxSize: 20,
      spot: true,
      taints: [{ key: 'spot', value: 'true', effect: 'NoSchedule' }],
    },
    {
      name: 'spot-x86',
      instanceType: ['m5.xlarge', 'm5a.xlarge', 'm6i.xlarge', 'm6a.xlarge', 'm7i.xlarge', 'm7a.xlarge'],
      minSize: 0,
      desiredCapacity: 1,
      maxSize: 10,
      spot: true,
      taints: [{ key: 'spot', value: 'true', effect: 'NoSchedule' }],
    },
  ],
});
const media = new Tenant(cluster, 'media');
const onSpot = {
  nodeLabels: { 'eks.amazonaws.com/capacityType': 'SPOT' },
  tolerations: [{ key: 'spot', operator: 'Exists', effect: 'NoSchedule' }],
} as const;

new WebService(media, 'web', {
  image:
    '111122223333.dkr.ecr.us-west-2.amazonaws.com/web:1.4.2@sha256:bd599e9597fff222e1a5f19660d0da34d0b8c0f3a508d0eea283ed508956f162',
  port: 8080,
  user: 10001,
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '250m', memory: '512Mi' },
  // stays on demand: it does not tolerate the taint of Spot nodes; its image is for both architectures
});
new Worker(media, 'thumbnails', {
  image:
    '111122223333.dkr.ecr.us-west-2.amazonaws.com/thumbnails:2.2.0@sha256:8dd35bd3cc9dbfc96b8e008bbd6e03d3eaaf26767ec6c1a4225e82b33e732c59',
  user: 10001,
  replicas: 4,
  probes: { readiness: Probe.exec(['/app/connected']), liveness: Probe.exec(['/app/alive']) },
  resources: { cpu: '1', memory: '1Gi' },
  placement: onSpot,
});
new Worker(media, 'transcoder', {
  image:
    '111122223333.dkr.ecr.us-west-2.amazonaws.com/transcoder:5.1.0@sha256:25b876f9d7692b2dafcdbe6d51543bbe56f82168abc871a2692e47ded5ad670f',
  user: 10001,
  replicas: 2,
  probes: { readiness: Probe.exec(['/app/connected']), liveness: Probe.exec(['/app/alive']) },
  resources: { cpu: '1', memory: '2Gi' },
  placement: { ...onSpot, architecture: 'amd64' }, // its codecs are built for x86 only
});
app.synth();
