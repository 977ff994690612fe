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

/** MySQL that restores the last dump into an empty volume, a nightly dump to S3, and a service that uses it. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.xlarge', minSize: 3, desiredCapacity: 3, maxSize: 6 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const store = new Tenant(cluster, 'store');
const root = Secret.fromSecretsManager(store, 'root', { secret: 'store/mysql-root', keys: ['password'] });
const owner = Secret.fromSecretsManager(store, 'owner', { secret: 'store/mysql-owner', keys: ['password'] });
const ecr = { account: '111122223333', region: 'us-west-2' } as const;
const image = Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: 'library/mysql', tag: '8.4.8' });
const awsCli = {
  image: Image.ecrCache({ ...ecr, prefix: 'ecr-public', repository: 'aws-cli/aws-cli', tag: '2.32.3' }),
  user: 999,
  command: ['sh', '-ec'],
  env: { HOME: '/tmp', BUCKET: 'store-dumps' },
  resources: { cpu: '100m', memory: '512Mi', ephemeralStorage: '12Gi' },
} as const;
const dump = { name: 'dump', size: '10Gi' } as const;

const mysql = new StatefulService(store, 'mysql', {
  image,
  user: 999,
  port: { mysql: 3306 },
  replicas: 1,
  storage: { mountPath: '/var/lib/mysql', size: '50Gi' },
  scratch: ['/var/run/mysqld', '/var/lib/mysql-files', { path: '/tmp', size: '1Gi' }], // /tmp: large sorts
  args: ['--innodb-buffer-pool-size=2G', '--binlog-expire-logs-seconds=259200'],
  env: {
    MYSQL_DATABASE: 'store',
    MYSQL_USER: 'store',
    MYSQL_PASSWORD_FILE: owner.file('password'),
    MYSQL_ROOT_PASSWORD_FILE: root.file('password'),
  },
  initContainers: [
    {
      name: 'restore',
      ...awsCli,
      storage: [{ name: 'data', readOnly: true }],
      // a call that fails ends the container, so that no failure is taken for a bucket without a dump
      args: [
        `if [ -d /var/lib/mysql/mysql ]; then exit 0; fi
        found="$(aws s3api list-objects-v2 --no-paginate --bucket "$BUCKET" --prefix store.sql.gz --query KeyCount)"
        if [ "$found" != 0 ]; then aws s3 cp --no-progress "s3://$BUCKET/store.sql.gz" /dump/; fi`,
      ],
    },
  ],
  // the image loads what is here into a new database
  shared: [{ ...dump, with: { restore: '/dump', main: '/docker-entrypoint-initdb.d' } }],
  aws: {
    allow: [
      { actions: ['s3:ListBucket'], resources: ['arn:aws:s3:::store-dumps'] },
      { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::store-dumps/store.sql.gz'] },
    ],
  },
  probes: {
    // succeeds without a password; not by the socket, where the server listens while the image loads the dump
    readiness: Probe.exec(['mysqladmin', 'ping', '-h', '127.0.0.1'], { timeout: '3s' }),
    liveness: Probe.tcp({ failures: 9 }),
    startup: Probe.tcp({ period: '10s', failures: 720 }), // two hours to load a dump, or to recover from a crash
  },
  resources: { cpu: '500m', memory: '4Gi', ephemeralStorage: '12Gi' },
  shutdown: { drain: '2m' },
});

new ScheduledJob(store, 'dump', {
  ...awsCli,
  schedule: '30 2 * * *',
  timeZone: 'Etc/UTC',
  args: ['aws s3 cp --no-progress /dump/store.sql.gz "s3://$BUCKET/store.sql.gz"'],
  initContainers: [
    {
      name: 'export',
      image,
      command: ['bash', '-ec'],
      args: [
        `set -o pipefail
        export MYSQL_PWD="$(cat "$PASSWORD_FILE")"
        mysqldump -h "$HOST" -u store --single-transaction --set-gtid-purged=OFF --no-tablespaces \\
          --routines --events --triggers store | gzip > /dump/store.sql.gz`,
      ],
      env: { HOST: mysql.host, PASSWORD_FILE: owner.file('password') },
      resources: { cpu: '250m', memory: '256Mi' },
    },
  ],
  shared: [{ ...dump, path: '/dump', with: ['export', 'main'] }],
  aws: { allow: [{ actions: ['s3:PutObject'], resources: ['arn:aws:s3:::store-dumps/store.sql.gz'] }] },
  deadline: '2h',
  connectsTo: [mysql],
});

new WebService(store, 'web', {
  image: Image.ecr({ ...ecr, repository: 'store/web', tag: '5.0.2' }),
  user: 10001,
  port: { http: 8080 },
  replicas: 2,
  env: { MYSQL_ADDRESS: mysql.address, MYSQL_USER: 'store', MYSQL_PASSWORD_FILE: owner.file('password') },
  connectsTo: [mysql],
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez') },
  resources: { cpu: '100m', memory: '256Mi' },
});
app.synth();
