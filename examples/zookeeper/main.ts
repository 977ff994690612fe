import { Cluster, EksApp, Env, Image, Probe, StatefulService, Tenant, Worker } from 'cdk8s-eks-patterns';

/** A ZooKeeper ensemble of three, and a worker that elects a leader by it. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.large', minSize: 3, desiredCapacity: 3, maxSize: 6 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const coordination = new Tenant(cluster, 'coordination');
const ecr = { account: '111122223333', region: 'us-west-2' } as const;
const serves = 'echo srvr | nc -w 2 127.0.0.1 2181 | grep -q Mode'; // without a majority, the answer has no mode

const ensemble = new StatefulService(coordination, 'zookeeper', {
  image: Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: 'library/zookeeper', tag: '3.9.4' }),
  user: 1000,
  quorum: 3,
  firstOrdinal: 1, // ids begin with 1
  port: { client: 2181, peers: 2888, election: 3888, metrics: 7000 },
  memberPorts: ['peers', 'election'],
  storage: [
    { name: 'data', mountPath: '/data', size: '10Gi' },
    { name: 'log', mountPath: '/datalog', size: '10Gi' }, // each write waits for this volume
  ],
  scratch: ['/tmp', '/logs'],
  env: { ZOO_MY_ID: Env.ordinal(), ZK_SERVER_HEAP: 512 }, // MiB
  files: {
    '/conf/zoo.cfg': (self) =>
      [
        'dataDir=/data',
        'dataLogDir=/datalog',
        'tickTime=2000',
        'initLimit=10',
        'syncLimit=5',
        'autopurge.purgeInterval=1',
        'autopurge.snapRetainCount=3',
        'admin.enableServer=false',
        'quorumListenOnAllIPs=true', // the name of a pod that starts may not resolve yet
        'metricsProvider.className=org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider',
        'metricsProvider.httpPort=7000',
        ...self.hosts.map((host, i) => `server.${i + 1}=${host}:2888:3888;2181`),
      ].join('\n'),
  },
  probes: {
    readiness: Probe.exec(['sh', '-c', serves], { timeout: '5s' }),
    liveness: Probe.tcp('client', { failures: 9 }),
  },
  resources: { cpu: '250m', memory: '1Gi' },
  metrics: { port: 'metrics' },
});

new Worker(coordination, 'scheduler', {
  image: Image.ecr({ ...ecr, repository: 'coordination/scheduler', tag: '1.0.4' }),
  user: 10001,
  replicas: 2,
  env: { ZOOKEEPER: ensemble.hosts.map((host) => `${host}:2181`).join(',') },
  connectsTo: [ensemble.on('client')],
  probes: { liveness: Probe.exec(['test', '-e', '/tmp/alive']) },
  resources: { cpu: '100m', memory: '256Mi' },
});
app.synth();
