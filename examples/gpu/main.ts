import { BatchJob, Cluster, EksApp, Tenant } from 'cdk8s-eks-patterns';

/** A GPU group that stands empty until a job asks for it; eksctl installs NVIDIA's device plugin by itself. */
const app = new EksApp();
const cluster = new Cluster(app, 'ml', {
  region: 'us-west-2',
  version: '1.36',
  nodeGroups: [
    { name: 'workers', instanceType: 'm7i.large' },
    {
      name: 'gpu',
      instanceType: 'g6.xlarge',
      minSize: 0,
      desiredCapacity: 0,
      maxSize: 4,
      volumeSize: 200, // images with CUDA are large
      labels: { accelerator: 'nvidia-l4' },
      taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }],
    },
  ],
});
const research = new Tenant(cluster, 'research');

new BatchJob(research, 'finetune', {
  image:
    '111122223333.dkr.ecr.us-west-2.amazonaws.com/finetune:0.9.0@sha256:16481d2fe5bc34d7db0a3d4fedf37787741bc24ecb5d644aceddac702c80149c',
  user: 10001,
  resources: { cpu: '3', memory: '12Gi', devices: { 'nvidia.com/gpu': 1 }, ephemeralStorage: '50Gi' },
  scratch: [{ path: '/tmp', size: '40Gi' }],
  placement: {
    nodeLabels: { accelerator: 'nvidia-l4' },
    tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
  },
  deadline: '6h',
  retries: 1,
});
app.synth();
