import {
  BatchJob,
  Cluster,
  EksApp,
  Expose,
  Image,
  Peer,
  Probe,
  ScaleTrigger,
  Secret,
  Tenant,
  WebService,
  Worker,
} from 'cdk8s-eks-patterns';

/** Airflow 3 with the Celery executor; PostgreSQL and Redis are outside of the cluster. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [{ name: 'workers', instanceType: 'm5.2xlarge', minSize: 3, desiredCapacity: 3, maxSize: 12 }],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const airflow = new Tenant(cluster, 'airflow');
const database = Secret.fromSecretsManager(airflow, 'database', { secret: 'airflow/database', keys: ['url'] });
const broker = Secret.fromSecretsManager(airflow, 'broker', { secret: 'airflow/broker', keys: ['url'] });
const keys = Secret.fromSecretsManager(airflow, 'keys', { secret: 'airflow/keys', keys: ['fernet', 'jwt', 'session'] });
const admin = Secret.fromSecretsManager(airflow, 'admin', { secret: 'airflow/admin', keys: ['password'] });
const git = Secret.fromSecretsManager(airflow, 'git', { secret: 'airflow/git', keys: ['token'] });
const ecr = { account: '111122223333', region: 'us-west-2' } as const;
const postgres = Peer.cidr('10.20.0.0/24', 5432);
const redis = Peer.cidr('10.20.1.0/24', 6379);
const bucket = 'arn:aws:s3:::airflow-logs-111122223333';
const logs = {
  allow: [{ actions: ['s3:GetObject', 's3:ListBucket', 's3:PutObject'], resources: [bucket, `${bucket}/*`] }],
} as const;
const concurrency = 8;

const image = {
  image: Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: 'apache/airflow', tag: '3.0.6' }),
  user: { uid: 50000, gid: 0 },
  scratch: [
    { path: '/tmp', size: '1Gi' },
    { path: '/opt/airflow/logs', size: '1Gi' },
  ],
  files: {
    // Airflow writes these two files itself when they are missing, which a read-only root refuses
    '/opt/airflow/webserver_config.py': 'AUTH_TYPE = 1  # users in the database\n',
    '/opt/airflow/airflow.cfg': `
[core]
executor = CeleryExecutor
auth_manager = airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager
dags_folder = /opt/airflow/dags/repo/dags
load_examples = False
hostname_callable = airflow.utils.net.get_host_ip_address
fernet_key_cmd = cat /run/secrets/keys/fernet
[database]
sql_alchemy_conn_cmd = cat /run/secrets/database/url
[celery]
broker_url_cmd = cat /run/secrets/broker/url
worker_concurrency = ${concurrency}
[api]
secret_key_cmd = cat /run/secrets/keys/session
base_url = https://airflow.example.com
[api_auth]
jwt_secret_cmd = cat /run/secrets/keys/jwt
[logging]
remote_logging = True
remote_base_log_folder = s3://airflow-logs-111122223333/logs
`,
  },
  secretFiles: { '/run/secrets/keys': keys, '/run/secrets/database': database, '/run/secrets/broker': broker },
} as const;
const component = {
  ...image,
  initContainers: [
    {
      name: 'wait-for-migrations',
      like: 'main',
      args: ['db', 'check-migrations', '--migration-wait-timeout=600'],
      resources: { cpu: '100m', memory: '512Mi', ephemeralStorage: '2Gi' },
    },
  ],
} as const;
/** The component has a heartbeat in the database. */
const heartbeat = (type: string) =>
  Probe.exec(['airflow', 'jobs', 'check', '--local', '--job-type', type], {
    timeout: '20s',
    period: '60s',
    failures: 5,
  });
const dags = {
  sidecars: [
    {
      name: 'git-sync',
      image: Image.ecrCache({ ...ecr, prefix: 'kubernetes', repository: 'git-sync/git-sync', tag: 'v4.4.2' }),
      user: 65533,
      env: {
        GITSYNC_REPO: 'https://github.com/example/dags',
        GITSYNC_REF: 'main',
        GITSYNC_DEPTH: '1',
        GITSYNC_PERIOD: '60s',
        GITSYNC_MAX_FAILURES: '10',
        GITSYNC_ROOT: '/opt/airflow/dags',
        GITSYNC_LINK: 'repo',
        GITSYNC_HTTP_BIND: ':1234',
        GITSYNC_USERNAME: 'airflow',
        GITSYNC_PASSWORD_FILE: git.file('token'),
      },
      // succeeds with the first checkout, so that the component starts with it
      probes: { startup: Probe.http('/', { port: 1234, failures: 60 }) },
      resources: { cpu: '50m', memory: '128Mi' },
    },
  ],
  shared: [{ name: 'dags', path: '/opt/airflow/dags', size: '1Gi', with: ['main', 'git-sync'] }],
} as const;

new BatchJob(airflow, 'migrate', {
  ...image,
  args: [
    'bash',
    '-ec',
    `airflow db migrate
    airflow users create --role Admin --username admin --email admin@example.com --firstname A --lastname Dmin --password "$(cat "$PASSWORD_FILE")"`,
  ],
  env: { PASSWORD_FILE: admin.file('password') },
  deadline: '30m',
  resources: { cpu: '250m', memory: '1Gi', ephemeralStorage: '2Gi' },
  connectsTo: [postgres],
});

const api = new WebService(airflow, 'api', {
  ...component,
  port: 8080,
  args: ['api-server', '--proxy-headers'],
  probes: {
    readiness: Probe.http('/api/v2/monitor/health', { timeout: '5s' }),
    liveness: Probe.http('/api/v2/version', { timeout: '5s', failures: 5 }),
  },
  env: { FORWARDED_ALLOW_IPS: '*' }, // the policy admits the load balancer and the workers alone
  resources: { cpu: '500m', memory: '2Gi', ephemeralStorage: '2Gi' },
  connectsTo: [postgres],
  aws: logs,
  expose: Expose.alb({ scheme: 'internal', host: 'airflow.example.com' }),
});

new Worker(airflow, 'scheduler', {
  ...component,
  replicas: 2,
  args: ['scheduler'],
  probes: { liveness: heartbeat('SchedulerJob') },
  resources: { cpu: '500m', memory: '2Gi', ephemeralStorage: '2Gi' },
  connectsTo: [postgres, redis],
});

new Worker(airflow, 'dag-processor', {
  ...component,
  ...dags,
  replicas: 1,
  args: ['dag-processor'],
  probes: { liveness: heartbeat('DagProcessorJob') },
  resources: { cpu: '500m', memory: '1Gi', ephemeralStorage: '3Gi' },
  connectsTo: [postgres, Peer.internet(443)],
});

const triggerer = new WebService(airflow, 'triggerer', {
  ...component,
  ...dags,
  service: 'headless',
  port: { logs: 8794 },
  args: ['triggerer'],
  probes: { readiness: Probe.tcp(), liveness: heartbeat('TriggererJob') },
  resources: { cpu: '250m', memory: '1Gi', ephemeralStorage: '3Gi' },
  connectsTo: [postgres, Peer.internet(443)],
  aws: logs,
});

const worker = new WebService(airflow, 'worker', {
  ...component,
  ...dags,
  service: 'headless',
  port: { logs: 8793 },
  replicas: {
    min: 2,
    max: 20,
    triggers: [
      ScaleTrigger.postgresql({
        authentication: { secrets: { connection: database.key('url') } },
        query: `SELECT ceil(count(*)::decimal / ${concurrency}) FROM task_instance WHERE state IN ('running', 'queued')`,
        targetQueryValue: 1,
      }),
    ],
  },
  args: ['celery', 'worker', '--pid', '/tmp/worker.pid'],
  env: {
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL: () => `${api.url()}/execution/`,
    DUMB_INIT_SETSID: '0', // SIGTERM for the worker, not for its tasks
  },
  probes: {
    readiness: Probe.tcp(),
    liveness: Probe.exec(
      [
        'sh',
        '-c',
        'python -m celery --app airflow.providers.celery.executors.celery_executor.app inspect ping -d celery@$(hostname)',
      ],
      { timeout: '20s', period: '60s', failures: 5 },
    ),
  },
  shutdown: { drain: '600s' },
  resources: { cpu: '1', memory: '4Gi', ephemeralStorage: '4Gi' },
  connectsTo: [postgres, redis, api, Peer.internet(443)],
  aws: logs,
});
api.connectTo(worker);
api.connectTo(triggerer);
app.synth();
