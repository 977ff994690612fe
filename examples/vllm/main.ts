import { Cluster, EksApp, Image, Peer, Placement, Probe, ScaleTrigger, Tenant, WebService } from 'cdk8s-eks-patterns';

/** vLLM with a model of 7 billion parameters, a GPU for each pod, scaled by the requests that wait; and a service that uses it. */
const app = new EksApp();
const cluster = new Cluster(app, 'ml', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [
    { name: 'workers', instanceType: 'm5.large', minSize: 3, desiredCapacity: 3, maxSize: 6 },
    {
      name: 'gpu',
      instanceType: 'g6.2xlarge', // one NVIDIA L4 with 24 GB, 32 GiB of memory
      minSize: 1,
      desiredCapacity: 1,
      maxSize: 6, // a rollout needs a GPU more
      volumeSize: 200, // the image has 10 GB, the model 15 GB
      labels: { accelerator: 'nvidia-l4' },
      taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }],
    },
  ],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const inference = new Tenant(cluster, 'inference');
const chat = new Tenant(cluster, 'chat');
const ecr = { account: '111122223333', region: 'us-west-2' } as const;

const llm = new WebService(inference, 'llm', {
  image: Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: 'vllm/vllm-openai', tag: 'v0.11.0' }),
  user: 10001,
  port: 8000,
  args: ['--model', 'Qwen/Qwen2.5-7B-Instruct', '--max-model-len', '8192', '--max-num-seqs', '64'],
  env: {
    HOME: '/cache', // models, compiled kernels and settings
    USER: 'vllm', // the image has no name for the user
    VLLM_NO_USAGE_STATS: '1',
  },
  scratch: [
    { path: '/tmp', size: '2Gi' },
    { path: '/cache', size: '40Gi' },
    { path: '/dev/shm', size: '4Gi', memory: true }, // between the processes of PyTorch
  ],
  resources: { cpu: '4', memory: '24Gi', ephemeralStorage: '48Gi', devices: { 'nvidia.com/gpu': 1 } },
  placement: Placement.gpu({ nodeLabels: { accelerator: 'nvidia-l4' } }),
  probes: {
    readiness: Probe.http('/health', { timeout: '5s' }),
    liveness: Probe.http('/health', { timeout: '5s', failures: 9 }),
    startup: Probe.http('/health', { timeout: '5s', failures: 120 }), // 20 minutes for download and compilation
  },
  rollout: { maxSurge: 1, deadline: '40m' },
  shutdown: { sleep: '2m' }, // the longest answer, since the server may end open requests at SIGTERM
  replicas: {
    min: 1,
    max: 5,
    triggers: [
      ScaleTrigger.prometheus({
        serverAddress: 'http://prometheus-operated.monitoring.svc:9090',
        query:
          'sum(vllm:num_requests_waiting{namespace="inference"} + vllm:num_requests_running{namespace="inference"})',
        threshold: 48,
      }),
    ],
    fallback: { failureThreshold: 3, replicas: 1, behavior: 'currentReplicas' }, // while Prometheus is away
  },
  metrics: { path: '/metrics', monitor: 'pod', interval: '15s' },
  alerts: { notReady: 'critical', atMaximum: 'warning' },
  connectsTo: [Peer.internet(443)], // the model comes from Hugging Face
});

new WebService(chat, 'chat', {
  image: Image.ecr({ ...ecr, repository: 'chat/web', tag: '1.8.0' }),
  user: 10001,
  port: 8080,
  env: { OPENAI_BASE_URL: `${llm.url()}/v1` },
  connectsTo: [llm],
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '100m', memory: '256Mi' },
});
app.synth();
