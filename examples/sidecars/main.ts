import {
  Cluster,
  EksApp,
  Image,
  InitContainer,
  Probe,
  Secret,
  StatefulService,
  Tenant,
  WebService,
} from 'cdk8s-eks-patterns';

/** A database with an exporter, and a shop behind a proxy that migrates the database before it starts. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.large', minSize: 3, desiredCapacity: 3, maxSize: 6 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const shop = new Tenant(cluster, 'shop');
const auth = Secret.fromSecretsManager(shop, 'auth', { secret: 'shop/database', keys: ['password'] });
const ecr = { account: '111122223333', region: 'us-west-2' } as const;

const database = new StatefulService(shop, 'database', {
  image: Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: 'library/postgres', tag: '16.4' }),
  user: 999,
  port: { postgres: 5432 },
  replicas: 1,
  storage: { mountPath: '/var/lib/postgresql/data', size: '20Gi' },
  scratch: ['/tmp', '/var/run/postgresql'],
  env: { PGDATA: '/var/lib/postgresql/data/pgdata', POSTGRES_PASSWORD_FILE: auth.file('password') },
  probes: { readiness: Probe.exec(['pg_isready', '-h', '127.0.0.1']), liveness: Probe.tcp({ failures: 9 }) },
  resources: { cpu: '500m', memory: '1Gi' },
  shutdown: { drain: '60s' },
  sidecars: [
    {
      name: 'exporter',
      image: Image.ecrCache({
        ...ecr,
        prefix: 'quay',
        repository: 'prometheuscommunity/postgres-exporter',
        tag: 'v0.17.1',
      }),
      user: 65534,
      port: { exporter: 9187 },
      scratch: [],
      env: {
        DATA_SOURCE_URI: 'localhost:5432/postgres?sslmode=disable',
        DATA_SOURCE_USER: 'postgres',
        DATA_SOURCE_PASS_FILE: auth.file('password'),
      },
      resources: { cpu: '20m', memory: '64Mi' },
    },
  ],
  metrics: { port: 'exporter' },
});

new WebService(shop, 'web', {
  image: Image.ecr({
    ...ecr,
    repository: 'shop/web',
    digest: 'sha256:bd599e9597fff222e1a5f19660d0da34d0b8c0f3a508d0eea283ed508956f162',
  }),
  user: 10001,
  port: { http: 8080 },
  replicas: 2,
  env: { DATABASE: database.address, DATABASE_PASSWORD_FILE: auth.file('password') },
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '250m', memory: '512Mi' },
  initContainers: [
    InitContainer.waitFor(database.on('postgres'), {
      image: Image.ecrCache({ ...ecr, prefix: 'ecr-public', repository: 'docker/library/busybox', tag: '1.37' }),
    }),
    { name: 'migrate', like: 'main', args: ['migrate'], resources: { cpu: '100m', memory: '256Mi' } },
    {
      name: 'render',
      image: Image.ecr({
        ...ecr,
        repository: 'shop/proxy',
        digest: 'sha256:8dd35bd3cc9dbfc96b8e008bbd6e03d3eaaf26767ec6c1a4225e82b33e732c59',
      }),
      user: 10002,
      args: ['render', '/etc/proxy/proxy.yaml'],
      resources: { cpu: '20m', memory: '32Mi' },
    },
  ],
  sidecars: [
    {
      name: 'proxy',
      image: Image.ecr({
        ...ecr,
        repository: 'shop/proxy',
        digest: 'sha256:8dd35bd3cc9dbfc96b8e008bbd6e03d3eaaf26767ec6c1a4225e82b33e732c59',
      }),
      user: 10002,
      port: { proxy: 4180 },
      args: ['serve', '/etc/proxy/proxy.yaml'],
      probes: { readiness: Probe.http('/ready'), liveness: Probe.tcp() },
      resources: { cpu: '50m', memory: '64Mi' },
      shutdown: { preStop: { command: ['proxy', 'drain'], time: '10s' } },
      waitsFor: ['render'],
    },
  ],
  shared: [{ name: 'config', path: '/etc/proxy', size: '1Mi', with: ['render', 'proxy'] }],
});
app.synth();
