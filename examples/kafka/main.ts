import { Cluster, EksApp, Env, Expose, Image, Probe, StatefulService, Tenant, Worker } from 'cdk8s-eks-patterns';

/** Kafka in KRaft mode: a quorum of three controllers, three brokers, and a consumer. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.xlarge', minSize: 3, desiredCapacity: 3, maxSize: 6 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const streams = new Tenant(cluster, 'streams');
const ecr = { account: '111122223333', region: 'us-west-2' } as const;

const kafka = {
  image: Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: 'apache/kafka', tag: '4.1.0' }),
  user: 1000,
  scratch: ['/tmp', '/opt/kafka/config'], // the start script writes its configuration
  shutdown: { drain: '2m' },
} as const;
const shared = {
  CLUSTER_ID: '5L6g3nShT-eMCtK--X86sw',
  KAFKA_NODE_ID: Env.ordinal(),
  KAFKA_LOG_DIRS: '/var/lib/kafka/data',
  KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,CLIENTS:PLAINTEXT,BROKERS:PLAINTEXT,VPC:PLAINTEXT',
  EXTRA_ARGS: '-name kafkaServer', // without the log of the garbage collector, which grows to 1 GB
  LOG_DIR: '/tmp/logs',
} as const;
const voters = (hosts: readonly string[]) => hosts.map((host, id) => `${id}@${host}:9093`).join(',');

const controllers = new StatefulService(streams, 'controller', {
  ...kafka,
  quorum: 3,
  port: { controller: 9093 },
  memberPorts: [], // the quorum and the brokers use the same port
  storage: { mountPath: '/var/lib/kafka/data', size: '10Gi' },
  env: {
    ...shared,
    KAFKA_PROCESS_ROLES: 'controller',
    KAFKA_LISTENERS: 'CONTROLLER://:9093',
    KAFKA_CONTROLLER_QUORUM_VOTERS: (self) => voters(self.hosts),
    KAFKA_HEAP_OPTS: '-Xms512m -Xmx512m',
  },
  probes: { readiness: Probe.tcp(), liveness: Probe.tcp({ failures: 9 }) },
  resources: { cpu: '250m', memory: '1Gi' },
});

const domain = 'kafka.example.com'; // of a private hosted zone of the VPC
const brokers = new StatefulService(streams, 'broker', {
  ...kafka,
  replicas: 3,
  order: 'Parallel',
  firstOrdinal: 3, // node ids are unique in the cluster: 0 to 2 are controllers
  port: { clients: 9092, brokers: 9094, vpc: 9095 },
  memberPorts: ['brokers'],
  memberOf: [controllers],
  expose: Expose.nlb({ scheme: 'internal', port: 'vpc', perMember: { domain } }),
  storage: { mountPath: '/var/lib/kafka/data', size: '100Gi' },
  env: {
    ...shared,
    KAFKA_PROCESS_ROLES: 'broker',
    KAFKA_LISTENERS: 'CLIENTS://:9092,BROKERS://:9094,VPC://:9095',
    KAFKA_ADVERTISED_LISTENERS: ({ podName, domain: own }) =>
      `CLIENTS://${podName}.${own}:9092,BROKERS://${podName}.${own}:9094,VPC://${podName}.${domain}:9095`,
    KAFKA_BROKER_RACK: Env.zone(), // replicas of a partition are in different zones
    KAFKA_INTER_BROKER_LISTENER_NAME: 'BROKERS',
    KAFKA_CONTROLLER_QUORUM_VOTERS: voters(controllers.hosts),
    KAFKA_DEFAULT_REPLICATION_FACTOR: '3',
    KAFKA_MIN_INSYNC_REPLICAS: '2',
    KAFKA_HEAP_OPTS: '-Xms1g -Xmx1g',
  },
  probes: {
    readiness: Probe.tcp(),
    liveness: Probe.tcp({ failures: 9 }),
    startup: Probe.tcp({ period: '10s', failures: 180 }), // a broker that was killed reads its log before it listens
  },
  resources: { cpu: '500m', memory: '3Gi' },
});

new Worker(streams, 'consumer', {
  image: Image.ecr({ ...ecr, repository: 'streams/consumer', tag: '1.2.0' }),
  user: 10001,
  replicas: 2,
  env: { BOOTSTRAP_SERVERS: brokers.hosts.map((host) => `${host}:9092`).join(',') },
  connectsTo: [brokers.on('clients')],
  probes: { liveness: Probe.exec(['test', '-e', '/tmp/alive']) },
  resources: { cpu: '100m', memory: '256Mi' },
});
app.synth();
