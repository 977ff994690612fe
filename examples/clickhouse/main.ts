import { Cluster, EksApp, Env, Image, Probe, Secret, StatefulService, Tenant, WebService } from 'cdk8s-eks-patterns';

/** ClickHouse with two shards of two replicas, three Keepers, and a service that asks it. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.xlarge', minSize: 3, desiredCapacity: 6, maxSize: 9 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const events = new Tenant(cluster, 'events');
const internal = Secret.fromSecretsManager(events, 'internal', { secret: 'events/clickhouse-cluster', keys: ['key'] });
const reader = Secret.fromSecretsManager(events, 'reader', { secret: 'events/clickhouse-reader', keys: ['password'] });
const ecr = { account: '111122223333', region: 'us-west-2' } as const;
const image = (repository: string) =>
  Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: `clickhouse/${repository}`, tag: '25.8.30.16' });

const keepers = new StatefulService(events, 'keeper', {
  image: image('clickhouse-keeper'),
  user: 101,
  quorum: 3,
  firstOrdinal: 1, // server ids begin with 1
  port: { keeper: 9181, raft: 9234, control: 9182 },
  memberPorts: ['raft'],
  storage: { mountPath: '/var/lib/clickhouse', size: '10Gi' },
  scratch: ['/tmp', '/var/log/clickhouse-keeper'],
  env: { SERVER_ID: Env.ordinal() },
  files: {
    '/etc/clickhouse-keeper/keeper_config.xml': (self) => `<clickhouse>
  <logger><level>information</level><console>1</console></logger>
  <listen_host>0.0.0.0</listen_host>
  <keeper_server>
    <tcp_port>9181</tcp_port>
    <server_id from_env="SERVER_ID"/>
    <log_storage_path>/var/lib/clickhouse/coordination/log</log_storage_path>
    <snapshot_storage_path>/var/lib/clickhouse/coordination/snapshots</snapshot_storage_path>
    <http_control><port>9182</port><readiness><endpoint>/ready</endpoint></readiness></http_control>
    <raft_configuration>
${self.hosts.map((host, i) => `      <server><id>${i + 1}</id><hostname>${host}</hostname><port>9234</port></server>`).join('\n')}
    </raft_configuration>
  </keeper_server>
</clickhouse>
`,
  },
  probes: {
    readiness: Probe.http('/ready', { port: 'control' }),
    liveness: Probe.tcp('keeper', { failures: 9 }),
  },
  resources: { cpu: '250m', memory: '1Gi' },
});

const shards: StatefulService<'http' | 'native' | 'replicas', 'replicas'>[] = [];
const tag = (name: string, ...inner: string[]) => `<${name}>${inner.join('')}</${name}>`;
const replica = (host: string) => tag('replica', tag('host', host), tag('port', '9000'));
for (const shard of [1, 2]) {
  shards.push(
    new StatefulService(events, `shard-${shard}`, {
      image: image('clickhouse-server'),
      user: 101,
      replicas: 2,
      order: 'Parallel',
      port: { http: 8123, native: 9000, replicas: 9009 },
      memberPorts: ['replicas'],
      storage: { mountPath: '/var/lib/clickhouse', size: '200Gi' },
      env: {
        CLICKHOUSE_SKIP_USER_SETUP: '1', // users are in users.d, where the start script can't write
        HOST: (self) => `${self.podName}.${self.domain}`,
        SHARD: shard,
        CLUSTER_KEY: internal.env('key'),
        READER_PASSWORD: reader.env('password'),
      },
      files: {
        // all shards, also those that are created later
        '/etc/clickhouse-server/config.d/cluster.xml': () => `<clickhouse>
  <logger><level>information</level><console>1</console><log remove="1"/><errorlog remove="1"/></logger>
  <interserver_http_host from_env="HOST"/>
  <interserver_http_credentials><user>replica</user><password from_env="CLUSTER_KEY"/></interserver_http_credentials>
  <macros><shard from_env="SHARD"/><replica from_env="HOST"/></macros>
  <zookeeper>${keepers.hosts.map((host) => tag('node', tag('host', host), tag('port', '9181'))).join('')}</zookeeper>
  <remote_servers replace="replace">
    <events>
      <secret from_env="CLUSTER_KEY"/>
${shards.map(({ hosts }) => `      ${tag('shard', tag('internal_replication', 'true'), ...hosts.map(replica))}`).join('\n')}
    </events>
  </remote_servers>
</clickhouse>
`,
        '/etc/clickhouse-server/users.d/users.xml': `<clickhouse>
  <users>
    <default><networks replace="replace"><ip>127.0.0.1</ip><ip>::1</ip></networks></default>
    <reader>
      <password from_env="READER_PASSWORD"/>
      <networks><ip>::/0</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
      <grants><query>GRANT SELECT ON events.*</query></grants>
    </reader>
  </users>
</clickhouse>
`,
      },
      probes: {
        readiness: Probe.http('/ping', { port: 'http' }),
        liveness: Probe.http('/ping', { port: 'http', failures: 9 }),
        startup: Probe.http('/ping', { port: 'http', period: '10s', failures: 180 }),
      },
      resources: { cpu: '1', memory: '4Gi' },
      shutdown: { drain: '2m' },
      connectsTo: [keepers.on('keeper')],
    }),
  );
}
// a distributed query goes to a replica of each shard
for (const shard of shards) {
  for (const other of shards.filter((each) => each !== shard)) {
    shard.connectTo(other.on('native'));
  }
}

new WebService(events, 'reports', {
  image: Image.ecr({ ...ecr, repository: 'events/reports', tag: '1.3.0' }),
  user: 10001,
  port: { http: 8080 },
  replicas: 2,
  env: {
    CLICKHOUSE_URLS: shards.map((shard) => shard.url('http', 'http')).join(','),
    CLICKHOUSE_USER: 'reader',
    CLICKHOUSE_PASSWORD_FILE: reader.file('password'),
  },
  connectsTo: shards.map((shard) => shard.on('http')),
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '100m', memory: '256Mi' },
});
app.synth();
