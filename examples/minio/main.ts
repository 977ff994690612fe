import { Cluster, EksApp, Image, Probe, Secret, StatefulService, Tenant, WebService } from 'cdk8s-eks-patterns';

/** MinIO with four members of two drives each, and a service that stores objects. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.xlarge', minSize: 3, desiredCapacity: 3, maxSize: 6 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const files = new Tenant(cluster, 'files');
const root = Secret.fromSecretsManager(files, 'root', { secret: 'files/minio', keys: ['user', 'password'] });
const ecr = { account: '111122223333', region: 'us-west-2' } as const;

const minio = new StatefulService(files, 'minio', {
  image: Image.ecrCache({ ...ecr, prefix: 'quay', repository: 'minio/minio', tag: 'RELEASE.2025-04-22T22-12-26Z' }),
  user: 1000,
  replicas: 4,
  order: 'Parallel', // a member is ready when it has found the others
  port: { api: 9000, console: 9001 },
  memberPorts: [], // members use the port of clients
  storage: [
    { name: 'drive1', mountPath: '/drives/1', size: '100Gi' },
    { name: 'drive2', mountPath: '/drives/2', size: '100Gi' },
  ],
  // the program makes the folder of its certificates, also without certificates
  args: ['server', '--console-address', ':9001', '--certs-dir', '/tmp/certs'],
  env: {
    MINIO_VOLUMES: (self) => `http://minio-{0...${self.replicas - 1}}.${self.domain}:9000/drives/{1...2}`,
    MINIO_ROOT_USER_FILE: root.file('user'),
    MINIO_ROOT_PASSWORD_FILE: root.file('password'),
  },
  probes: { readiness: Probe.http('/minio/health/ready'), liveness: Probe.http('/minio/health/live') },
  resources: { cpu: '500m', memory: '2Gi' },
});

const user = Secret.fromSecretsManager(files, 'uploads-user', { secret: 'files/uploads', keys: ['id', 'key'] });
new WebService(files, 'uploads', {
  image: Image.ecr({ ...ecr, repository: 'files/uploads', tag: '1.0.3' }),
  user: 10001,
  port: { http: 8080 },
  replicas: 2,
  env: {
    S3_ENDPOINT: minio.url('http', 'api'),
    S3_ACCESS_KEY_FILE: user.file('id'),
    S3_SECRET_KEY_FILE: user.file('key'),
  },
  connectsTo: [minio.on('api')],
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '100m', memory: '256Mi' },
});
app.synth();
