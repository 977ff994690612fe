import { BatchJob, Cluster, EksApp, Image, Peer, Placement, Tenant } from 'cdk8s-eks-patterns';

/** Training on four nodes with eight GPUs each: torchrun in an indexed Job, which a queue of Kueue starts. */
const NODES = 4;
const app = new EksApp();
const cluster = new Cluster(app, 'ml', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [
    { name: 'workers', instanceType: 'm5.large', minSize: 2, desiredCapacity: 2, maxSize: 4 },
    {
      name: 'gpu',
      instanceType: 'p4d.24xlarge', // 8 NVIDIA A100, 4 Elastic Fabric Adapters
      minSize: 0,
      desiredCapacity: 0,
      maxSize: NODES,
      availabilityZones: ['us-west-2b'],
      volumeSize: 500,
      labels: { accelerator: 'nvidia-a100' },
      // the one that the device plugin of the adapters tolerates
      taints: [{ key: 'aws.amazon.com/efa', value: 'present', effect: 'NoSchedule' }],
    },
  ],
  config: { managedNodeGroups: [{ name: 'gpu', efaEnabled: true }] },
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const research = new Tenant(cluster, 'research');

new BatchJob(research, 'train', {
  image: Image.ecr({ account: '111122223333', region: 'us-west-2', repository: 'research/train', tag: '0.4.0' }),
  user: 10001,
  queue: 'gpu',
  completions: NODES,
  mesh: { port: 29500, anyPort: true }, // NCCL chooses ports itself
  command: ['torchrun'],
  args: [
    `--nnodes=${NODES}`,
    '--nproc-per-node=8',
    '--max-restarts=10',
    '--rdzv-id=train',
    '--rdzv-backend=c10d',
    '--rdzv-endpoint=$(LEADER):29500',
    '--rdzv-conf=read_timeout=1800,join_timeout=1800', // until the last pod has its image
    'train.py',
    '--checkpoints=s3://research-111122223333/run-7',
  ],
  env: {
    LEADER: (self) => self.leader,
    FI_PROVIDER: 'efa',
    FI_EFA_USE_HUGE_PAGE: '0', // the pod asks for none
    HOME: '/tmp',
    USER: 'train', // the image has no name for the user
  },
  scratch: [
    { path: '/tmp', size: '100Gi' },
    { path: '/dev/shm', size: '64Gi', memory: true }, // between the processes of a node
  ],
  resources: {
    cpu: '90',
    memory: '1000Gi',
    ephemeralStorage: '120Gi',
    devices: { 'nvidia.com/gpu': 8, 'vpc.amazonaws.com/efa': 4 },
  },
  placement: Placement.gpu({
    nodeLabels: { accelerator: 'nvidia-a100' },
    tolerations: [{ key: 'aws.amazon.com/efa', operator: 'Exists', effect: 'NoSchedule' }],
  }),
  shutdown: { drain: '60s' }, // torchrun gives its processes 30 s
  retries: { perIndex: 3, failedIndexes: 0 },
  onDisruption: 'ignore',
  deadline: '72h',
  connectsTo: [Peer.internet(443)],
  aws: {
    allow: [
      { actions: ['s3:ListBucket'], resources: ['arn:aws:s3:::research-111122223333'] },
      { actions: ['s3:GetObject', 's3:PutObject'], resources: ['arn:aws:s3:::research-111122223333/*'] },
    ],
  },
  alerts: { jobFailed: 'critical' },
});
app.synth();
