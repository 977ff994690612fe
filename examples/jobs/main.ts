import {
  BatchJob,
  Cluster,
  EksApp,
  Env,
  Image,
  Peer,
  Placement,
  ScheduledJob,
  Secret,
  Tenant,
} from 'cdk8s-eks-patterns';

/** A nightly dump of a database to S3, and a Job of 100 parts on spot nodes with a collector beside each. */
const app = new EksApp();
const cluster = new Cluster(app, 'prod', {
  region: 'us-west-2',
  version: '1.35',
  nodeGroups: [
    { name: 'workers', instanceType: 'm5.large', minSize: 3, desiredCapacity: 3, maxSize: 6, volumeSize: 120 },
    {
      name: 'spot',
      instanceType: ['m5.xlarge', 'm5a.xlarge', 'm6i.xlarge', 'm6a.xlarge'],
      spot: true,
      minSize: 0,
      desiredCapacity: 0,
      maxSize: 10,
    },
  ],
  publicAccessCIDRs: ['203.0.113.0/24'],
});
const media = new Tenant(cluster, 'media');
const database = Secret.fromSecretsManager(media, 'database', { secret: 'media/database', keys: ['password'] });
const ecr = { account: '111122223333', region: 'us-west-2' } as const;
const bucket = 'media-backups-111122223333';

new ScheduledJob(media, 'dump', {
  schedule: '30 2 * * *',
  timeZone: 'Etc/UTC',
  image: Image.ecrCache({ ...ecr, prefix: 'ecr-public', repository: 'aws-cli/aws-cli', tag: '2.31.3' }),
  user: 10001,
  command: ['sh', '-ec', `aws s3 cp --no-progress /dump/media.dump "s3://${bucket}/media/$(date -u +%F).dump"`],
  env: { HOME: '/tmp' },
  resources: { cpu: '250m', memory: '512Mi', ephemeralStorage: '22Gi' },
  initContainers: [
    {
      name: 'pg-dump',
      image: Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: 'library/postgres', tag: '17.6' }),
      command: ['sh', '-ec'],
      args: [
        `export PGPASSWORD="$(cat "$PASSWORD_FILE")"
        pg_dump -Fc -f /dump/media.dump
        pg_restore --list /dump/media.dump > /tmp/contents`,
      ],
      env: {
        PGHOST: 'media.example.us-west-2.rds.amazonaws.com',
        PGUSER: 'backup',
        PGDATABASE: 'media',
        PGSSLMODE: 'require',
        PASSWORD_FILE: database.file('password'),
      },
      resources: { cpu: '250m', memory: '256Mi', ephemeralStorage: '22Gi' },
    },
  ],
  shared: [{ name: 'dump', path: '/dump', size: '20Gi', with: ['main', 'pg-dump'] }],
  retries: 2,
  onDisruption: 'ignore',
  deadline: '2h',
  connectsTo: [Peer.cidr('10.20.0.0/24', 5432)],
  aws: {
    allow: [{ actions: ['s3:AbortMultipartUpload', 's3:PutObject'], resources: [`arn:aws:s3:::${bucket}/media/*`] }],
  },
  alerts: { jobFailed: 'critical' },
});

new BatchJob(media, 'transcode', {
  image: Image.ecr({ ...ecr, repository: 'media/transcode', tag: '3.1.0' }),
  user: 10001,
  completions: 100,
  parallelism: 10,
  retries: { perIndex: 2, failedIndexes: 5 },
  onExit: { 42: 'fail-index', 64: 'fail-job' }, // a broken film, and wrong arguments
  onDisruption: 'ignore', // spot nodes are taken back
  deadline: '12h',
  env: {
    PART: Env.jobIndex(),
    PARTS: '100',
    SOURCE: 's3://media-111122223333/films',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
  },
  scratch: [{ path: '/tmp', size: '20Gi' }],
  resources: { cpu: '3', memory: '4Gi', ephemeralStorage: '22Gi' },
  placement: Placement.spot(),
  sidecars: [
    {
      name: 'collector',
      image: Image.ecrCache({
        ...ecr,
        prefix: 'docker-hub',
        repository: 'otel/opentelemetry-collector-contrib',
        tag: '0.128.0',
      }),
      scratch: [],
      files: {
        '/etc/otelcol-contrib/config.yaml': JSON.stringify({
          receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:4318' } } } },
          processors: { batch: {} },
          exporters: { awsxray: { region: 'us-west-2' } },
          service: { pipelines: { traces: { receivers: ['otlp'], processors: ['batch'], exporters: ['awsxray'] } } },
        }),
      },
      resources: { cpu: '50m', memory: '128Mi' },
    },
  ],
  aws: {
    managedPolicies: ['AWSXrayWriteOnlyAccess'],
    allow: [{ actions: ['s3:GetObject', 's3:PutObject'], resources: ['arn:aws:s3:::media-111122223333/*'] }],
  },
});
app.synth();
