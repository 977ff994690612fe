import { Cluster, EksApp, Env, Image, Probe, StatefulService, Tenant, WebService } from 'cdk8s-eks-patterns';

/** Cassandra with a rack in each of three zones, and a service that uses it. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35', // pods have the label of their zone from 1.35 on
  nodeGroups: [{ name: 'workers', instanceType: 'm5.2xlarge', minSize: 3, desiredCapacity: 3, maxSize: 6 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const timeline = new Tenant(cluster, 'timeline');
const ecr = { account: '111122223333', region: 'us-west-2' } as const;

const cassandra = new StatefulService(timeline, 'cassandra', {
  image: Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: 'library/cassandra', tag: '5.0.6' }),
  user: 999,
  replicas: 3,
  order: 'OrderedReady', // a node joins the ring when the one before has joined
  port: { cql: 9042, internode: 7000 },
  memberPorts: ['internode'],
  storage: { mountPath: '/var/lib/cassandra', size: '200Gi' },
  scratch: ['/tmp', { path: '/var/log/cassandra', size: '256Mi' }], // the log of the garbage collector
  env: {
    CASSANDRA_CLUSTER_NAME: 'timeline',
    CASSANDRA_SEEDS: (self) => self.hosts.slice(0, 2).join(','),
    CASSANDRA_ENDPOINT_SNITCH: 'GossipingPropertyFileSnitch',
    CASSANDRA_DC: 'us-west-2',
    CASSANDRA_RACK: Env.zone(), // replicas are in different racks
    MAX_HEAP_SIZE: '4G',
    HEAP_NEWSIZE: '800M',
  },
  files: {
    // the console only: the files of the image's configuration grow to 10 GB
    '/etc/cassandra/logback.xml': `<configuration>
  <appender name="STDOUT" class="ch.qos.logback.core.ConsoleAppender">
    <encoder><pattern>%-5level [%thread] %date{ISO8601} %F:%L - %msg%n</pattern></encoder>
  </appender>
  <root level="INFO"><appender-ref ref="STDOUT"/></root>
</configuration>
`,
  },
  // the start script edits the configuration of the image
  initContainers: [
    {
      name: 'config',
      like: 'main',
      command: ['cp', '-r', '/etc/cassandra/.', '/copy'],
      resources: { cpu: '10m', memory: '32Mi' },
    },
  ],
  shared: [{ name: 'config', with: { config: '/copy', main: '/etc/cassandra' } }],
  probes: {
    // clients are served once the node has joined
    readiness: Probe.tcp('cql'),
    liveness: Probe.tcp('internode', { failures: 9 }),
    startup: Probe.tcp('internode', { period: '10s', failures: 360 }), // an hour to replay the commit log
  },
  shutdown: { preStop: { command: ['nodetool', 'drain'], time: '5m' }, drain: '30s' },
  resources: { cpu: '1', memory: '8Gi' },
});

new WebService(timeline, 'web', {
  image: Image.ecr({ ...ecr, repository: 'timeline/web', tag: '4.2.0' }),
  user: 10001,
  port: { http: 8080 },
  replicas: 2,
  env: { CONTACT_POINTS: cassandra.hosts.map((host) => `${host}:9042`).join(','), LOCAL_DATACENTER: 'us-west-2' },
  connectsTo: [cassandra],
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '100m', memory: '256Mi' },
});
app.synth();
