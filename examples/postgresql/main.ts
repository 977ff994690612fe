import {
  Cluster,
  EksApp,
  Image,
  Probe,
  ScheduledJob,
  Secret,
  StatefulService,
  Tenant,
  WebService,
} from 'cdk8s-eks-patterns';

/** PostgreSQL with two streaming replicas, exporters, a nightly dump, and a service that uses it. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.xlarge', minSize: 3, desiredCapacity: 3, maxSize: 6 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const orders = new Tenant(cluster, 'orders');
// a secret for each group of readers, since a pod mounts all keys of the secrets that it uses
const password = (id: string) =>
  Secret.fromSecretsManager(orders, id, { secret: `orders/postgres-${id}`, keys: ['password'] });
const admin = password('admin');
const replication = password('replication');
const monitoring = password('monitoring');
const owner = password('owner');
const ecr = { account: '111122223333', region: 'us-west-2' } as const;

const postgres = {
  image: Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: 'library/postgres', tag: '17.6' }),
  user: 999,
} as const;
const member = {
  ...postgres,
  port: { postgres: 5432 },
  storage: { mountPath: '/var/lib/postgresql/data', size: '50Gi', folder: 'postgresql' },
  scratch: ['/tmp', '/var/run/postgresql', { path: '/dev/shm', size: '256Mi', memory: true }],
  args: ['-c', 'shared_buffers=512MB', '-c', 'wal_keep_size=4GB', '-c', 'hot_standby_feedback=on'],
  probes: {
    // not by the socket, where the server listens while the image prepares the data folder
    readiness: Probe.exec(['pg_isready', '-h', '127.0.0.1', '-U', 'postgres'], { timeout: '3s' }),
    liveness: Probe.tcp({ failures: 9 }),
    startup: Probe.tcp({ period: '10s', failures: 360 }), // an hour to replay the log after a crash
  },
  resources: { cpu: '500m', memory: '2Gi' },
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
        DATA_SOURCE_URI: '127.0.0.1:5432/orders?sslmode=disable',
        DATA_SOURCE_USER: 'monitoring',
        DATA_SOURCE_PASS_FILE: monitoring.file('password'),
      },
      resources: { cpu: '20m', memory: '64Mi' },
    },
  ],
  metrics: { port: 'exporter' },
} as const;
const data = '/var/lib/postgresql/data/pgdata'; // below the volume's folder, whose mode only root can change

const primary = new StatefulService(orders, 'primary', {
  ...member,
  replicas: 1,
  env: {
    PGDATA: data,
    POSTGRES_DB: 'orders',
    POSTGRES_PASSWORD_FILE: admin.file('password'),
    REPLICATION_PASSWORD_FILE: replication.file('password'),
    MONITORING_PASSWORD_FILE: monitoring.file('password'),
    OWNER_PASSWORD_FILE: owner.file('password'),
  },
  files: {
    '/docker-entrypoint-initdb.d/roles.sh': `
psql -v ON_ERROR_STOP=1 -U postgres -d orders \\
  -v replication="$(cat "$REPLICATION_PASSWORD_FILE")" \\
  -v monitoring="$(cat "$MONITORING_PASSWORD_FILE")" \\
  -v owner="$(cat "$OWNER_PASSWORD_FILE")" <<'SQL'
CREATE ROLE replication LOGIN REPLICATION PASSWORD :'replication';
CREATE ROLE monitoring LOGIN PASSWORD :'monitoring' IN ROLE pg_monitor;
CREATE ROLE orders LOGIN PASSWORD :'owner';
ALTER DATABASE orders OWNER TO orders;
SQL
echo 'host replication replication all scram-sha-256' >> "$PGDATA/pg_hba.conf"
`,
  },
});

const replicas = new StatefulService(orders, 'replica', {
  ...member,
  replicas: 2,
  order: 'Parallel',
  memberPorts: [], // replicas follow the primary, not each other
  env: { PGDATA: data, PRIMARY: primary.host, REPLICATION_PASSWORD_FILE: replication.file('password') },
  initContainers: [
    {
      name: 'base-backup',
      like: 'main',
      storage: ['data'],
      command: ['sh', '-ec'],
      // a backup that was interrupted starts again; -R writes the connection and the mark of a standby
      args: [
        `if [ -e "$PGDATA/PG_VERSION" ]; then exit 0; fi
        until pg_isready -q -h "$PRIMARY"; do sleep 2; done
        rm -rf "$PGDATA" "$PGDATA.new"
        export PGPASSWORD="$(cat "$REPLICATION_PASSWORD_FILE")"
        pg_basebackup -h "$PRIMARY" -U replication -D "$PGDATA.new" -X stream -R
        mv "$PGDATA.new" "$PGDATA"`,
      ],
      resources: { cpu: '100m', memory: '128Mi' },
    },
  ],
  connectsTo: [primary.on('postgres')],
});

new ScheduledJob(orders, 'dump', {
  ...postgres,
  schedule: '30 2 * * *',
  timeZone: 'Etc/UTC',
  command: ['sh', '-ec'],
  args: [
    `export PGPASSWORD="$(cat "$PASSWORD_FILE")"
    pg_dump -h "$HOST" -U orders -d orders -Fc -f /dumps/part
    mv /dumps/part "/dumps/$(date -u +%F).dump"
    find /dumps -name '*.dump' -mtime +14 -delete`,
  ],
  env: { HOST: primary.host, PASSWORD_FILE: owner.file('password') },
  sharedStorage: { mountPath: '/dumps', size: '100Gi' },
  deadline: '2h',
  resources: { cpu: '250m', memory: '256Mi' },
  connectsTo: [primary.on('postgres')],
});

new WebService(orders, 'web', {
  image: Image.ecr({ ...ecr, repository: 'orders/web', tag: '2.1.0' }),
  user: 10001,
  port: { http: 8080 },
  replicas: 2,
  env: {
    WRITES: primary.address,
    READS: replicas.address,
    PASSWORD_FILE: owner.file('password'),
  },
  connectsTo: [primary.on('postgres'), replicas.on('postgres')],
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '100m', memory: '256Mi' },
});
app.synth();
