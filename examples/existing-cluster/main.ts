import {
  Cluster,
  EksApp,
  Expose,
  Image,
  Placement,
  Probe,
  Secret,
  StatefulService,
  Tenant,
  WebService,
  Worker,
} from 'cdk8s-eks-patterns';

/** A team deploys to a cluster that the platform team has made, with its classes, and with IAM roles for service accounts. */
const app = new EksApp();
const cluster = Cluster.fromClusterConfig(app, 'prod', 'examples/existing-cluster/cluster.yaml', {
  classes: 'present', // the platform's own app writes them
});
const media = new Tenant(cluster, 'media');
const login = Secret.existing(media, 'login', ['valkey']); // written by the External Secrets of the platform
const ecr = { account: '111122223333', region: 'us-west-2' } as const;
const irsa = { by: 'irsa', account: ecr.account } as const;

const index = new StatefulService(media, 'index', {
  image: Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: 'valkey/valkey', tag: '8.1.4' }),
  user: { uid: 999, gid: 999 },
  port: 6379,
  replicas: 1,
  storage: { mountPath: '/data', size: '20Gi' },
  command: ['sh', '-c', 'exec valkey-server --appendonly yes --dir /data --requirepass "$(cat "$PASSWORD_FILE")"'],
  env: { PASSWORD_FILE: login.file('valkey') },
  probes: { readiness: Probe.tcp(), liveness: Probe.tcp({ failures: 9 }) },
  resources: { cpu: '250m', memory: '1Gi' },
});

new Worker(media, 'transcriber', {
  image: Image.ecr({ ...ecr, repository: 'media/transcriber', tag: '2.6.0' }),
  user: 10001,
  replicas: 2,
  probes: { liveness: Probe.exec(['/app/alive'], { timeout: '5s' }) },
  env: { INDEX: index.address, PASSWORD_FILE: login.file('valkey'), HOME: '/tmp' },
  scratch: [{ path: '/tmp', size: '20Gi' }],
  resources: { cpu: '4', memory: '20Gi', ephemeralStorage: '22Gi', devices: { 'nvidia.com/gpu': 1 } },
  placement: Placement.gpu({ nodeLabels: { accelerator: 'nvidia-a10g' } }),
  rollout: { maxSurge: 0, maxUnavailable: 1 }, // no GPU is free for a third
  shutdown: { drain: '10m' },
  connectsTo: [index],
  aws: {
    ...irsa,
    allow: [
      { actions: ['s3:GetObject', 's3:PutObject'], resources: ['arn:aws:s3:::media-111122223333/*'] },
      {
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
        resources: ['arn:aws:sqs:us-west-2:111122223333:media-films'],
      },
    ],
  },
});

new WebService(media, 'api', {
  image: Image.ecr({ ...ecr, repository: 'media/api', tag: '5.0.3' }),
  user: 10001,
  port: 8080,
  replicas: 3,
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  env: { INDEX: index.address, PASSWORD_FILE: login.file('valkey') },
  resources: { cpu: '250m', memory: '512Mi' },
  connectsTo: [index],
  aws: {
    ...irsa,
    allow: [{ actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:us-west-2:111122223333:media-films'] }],
  },
  expose: Expose.alb({ scheme: 'internal', host: 'media.example.com' }),
});
app.synth();
