/** Random values of the props that every pattern takes. */
import {
  Aws,
  Config,
  type EcrTokenProps,
  Env,
  Image,
  Instrumentation,
  type PasswordProps,
  Peer,
  Placement,
  Probe,
  Requirements,
  RuntimeClass,
  Secret,
  SecretSource,
  Tenant,
  type Workload,
} from 'cdk8s-eks-patterns';
import { pick } from '../../review/damage';
import { DIGEST, IMAGE, stateful, web } from '../app';
import { initContainers, sidecars } from './container-values';
import { because, either, freeId, oneOf, type Value, type Values } from './draw';
import { mounts } from './volume-values';

const ecr = { account: '111122223333', region: 'us-west-2', repository: 'shop/web' };
const [, digest] = DIGEST.split('@');

export const probe: Value = oneOf(
  Probe.tcp(),
  Probe.http('/healthz'),
  Probe.http('/healthz', { period: '5s', timeout: '2s', failures: 5, scheme: 'HTTP' }),
  Probe.http('/healthz', { scheme: 'HTTPS', headers: { 'X-Probe': 'kubelet' }, port: 8081 }),
  Probe.exec(['true'], { timeout: '10s' }),
  Probe.grpc({ service: 'health' }),
  Probe.none(because),
);
export const startup: Value = oneOf(Probe.exec(['true']), Probe.exec(['true'], { failures: 60 }));

const kmsKey = 'arn:aws:kms:us-west-2:111122223333:key/12345678-1234-1234-1234-123456789012';
const SOURCES: readonly SecretSource[] = [
  SecretSource.driver(),
  SecretSource.externalSecrets(),
  SecretSource.externalSecrets({ store: 'cluster', region: 'us-west-2', refresh: '15m' }),
  SecretSource.externalSecrets({ store: 'namespace', role: 'arn:aws:iam::111122223333:role/secrets' }),
  SecretSource.externalSecrets({ by: 'irsa', account: '111122223333' }),
  SecretSource.externalSecrets({ by: 'pod-identity' }),
  SecretSource.store({ name: 'aws', kind: 'ClusterSecretStore' }),
  SecretSource.store({ name: 'aws', kind: 'SecretStore', refresh: '5m' }),
];
/** The length of a session key, the key, and a text. */
const SEALED_VALUE = Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(512 + 32)]).toString('base64');
const SEALED = [
  {},
  { reach: 'strict', type: 'Opaque' },
  { reach: 'namespace-wide' },
  { reach: 'cluster-wide' },
] as const;

const PASSWORDS: readonly PasswordProps<'password'>[] = [
  {},
  { keys: ['password'], length: 24, digits: 4, rotate: 'never' },
  { length: 40, symbols: 4, symbolCharacters: '-_.', rotate: '30d' },
];
const REPOSITORIES = ['arn:aws:ecr:us-west-2:111122223333:repository/shop/web'];
const ECR_TOKENS: readonly EcrTokenProps[] = [
  { repositories: REPOSITORIES },
  { repositories: REPOSITORIES, region: 'us-west-2', source: SecretSource.externalSecrets() },
];

const env: Value = either(
  (random) => ({
    [pick(random, ['LOG_LEVEL', 'a.b', 'lower'])]: pick(random, ['info', '', 'x'.repeat(300), 'https://example.com']),
  }),
  oneOf(
    { POD: Env.podName(), IP: Env.podIp(), NODE: Env.nodeName(), NODE_IP: Env.nodeIp(), HOST: Env.hostIp() },
    { NAMESPACE: Env.namespace(), UID: Env.field('metadata.uid'), TEAM: Env.field("metadata.labels['team']") },
    { RACK: Env.zone(), CPUS: Env.resource('limits.cpu'), DISK: Env.resource('requests.ephemeral-storage', '1Gi') },
    { ORDINAL: Env.ordinal() },
    { INDEX: Env.jobIndex() },
    { SELF: (self: Workload) => `${self.name}.${self.namespace}`, ALSO: '$(SELF)', NOT: '$$(SELF)' },
    { NUMBER: 8, FLAG: true },
    { TOKEN: Secret.unsafeLiteral('not a secret') },
    { A: Env.resource('limits.cpu', '1m'), B: Env.resource('requests.cpu', '1') },
  ),
  (random, tenant) => {
    const config = new Config(tenant, freeId(random, 'config'), { A: 'b' });
    return { A: config.env('A'), FILE: config.file('A') };
  },
  (random, tenant) => {
    const secret = Secret.fromSecretsManager(tenant, freeId(random, 'sm'), {
      secret: 'shop/db',
      keys: ['user'],
      kmsKey,
    });
    const parameter = Secret.fromParameterStore(tenant, freeId(random, 'ps'), {
      parameter: '/shop/a',
      keys: ['b'],
      kmsKey,
    });
    return { USER: secret.env('user'), B: parameter.file('b') };
  },
  (random, tenant) => {
    const source = pick(random, SOURCES);
    const secret = Secret.fromSecretsManager(tenant, freeId(random, 'es'), {
      secret: 'shop/db',
      keys: ['user'],
      source,
    });
    const parameter = Secret.fromParameterStore(tenant, freeId(random, 'ep'), {
      parameter: '/shop/a',
      keys: ['b'],
      source,
    });
    return { USER: secret.env('user'), B: parameter.file('b') };
  },
  (random, tenant) => {
    const secret = Secret.password(tenant, freeId(random, 'password'), pick(random, PASSWORDS));
    const token = Secret.ecrToken(tenant, freeId(random, 'ecr'), pick(random, ECR_TOKENS));
    return { PASSWORD: secret.env('password'), TOKEN: token.file('password') };
  },
  (random, tenant) => {
    const secret = Secret.sealed(tenant, freeId(random, 'sealed'), {
      encryptedData: { user: SEALED_VALUE },
      ...pick(random, SEALED),
    });
    return { USER: secret.env('user'), FILE: secret.file('user') };
  },
);

const aws = oneOf(
  {
    allow: [
      Aws.s3('assets').read(),
      Aws.s3('assets').write(),
      Aws.s3('arn:aws:s3:::other', { kmsKey }).below('a/').readWrite(),
      Aws.sqs('orders', { kmsKey }).consume(),
      Aws.sqs('orders.fifo').send(),
      Aws.sns('orders').publish(),
      Aws.kms(kmsKey).decrypt(),
      Aws.lambda('resize').invoke(),
      Aws.metrics('Shop/Orders'),
      Aws.traces(),
    ],
  },
  {
    account: '111122223333',
    allow: [
      Aws.dynamodb('carts', { env: 'CARTS_TABLE' }).readWrite(),
      Aws.kinesis('clicks').read(),
      Aws.firehose('clicks').put(),
      Aws.eventBus().put(),
      Aws.stateMachine('refund').run(),
      Aws.bedrock('eu.amazon.nova-lite-v1:0').invoke(),
      Aws.logGroup('/shop/orders').write(),
    ],
  },
  {
    allow: [
      Aws.secret('shop/db').read(),
      Aws.parameter('/shop/currency').read(),
      Aws.elastiCache('replicationgroup:sessions').connect('web'),
      Aws.msk('events').produce('orders'),
      Aws.ses('shop.example.com').send(),
      Aws.rds('db-ABCDEFGHIJKL01234/orders').connect(),
      Aws.role('arn:aws:iam::444455556666:role/partner').assume(),
    ],
  },
  { allow: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::bucket/*'] }] },
  {
    allow: [{ actions: ['s3:ListBucket'], resources: ['*'], conditions: { StringLike: { 's3:prefix': ['a/*'] } } }],
    managedPolicies: ['AmazonS3ReadOnlyAccess'],
    by: 'pod-identity',
  },
  { managedPolicies: ['AmazonS3ReadOnlyAccess'], by: 'irsa', account: '111122223333' },
  { role: 'arn:aws:iam::111122223333:role/web', sessionTags: false },
  { targetRole: 'arn:aws:iam::444455556666:role/partner' },
  { wellKnownPolicies: ['externalDNS'], permissionsBoundary: 'arn:aws:iam::111122223333:policy/limit' },
);

const onSecretChange = oneOf('restart', 'ignore');

const placement = oneOf(
  { spread: 'none' },
  { spread: 'zones' },
  { spread: 'soft' },
  { spread: [{ over: 'zones', maxSkew: 2, required: true, minDomains: 2 }, { over: 'nodes' }] },
  { spread: [{ over: 'example.com/rack', required: false }] },
  { tolerations: [{ key: 'a', operator: 'Exists' }] },
  { nodeLabels: { 'kubernetes.io/os': 'linux' } },
  Placement.onDemand({ architecture: 'amd64' }),
  Placement.x86(),
  { capacity: 'spot' },
  { capacity: 'on-demand' },
  Placement.spot(),
  Placement.graviton(),
  Placement.gpu(),
  Placement.neuron(),
  Placement.fargate(),
  Placement.hybrid(),
  Placement.windows(),
  { os: 'linux' },
  {
    podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }] },
  },
  {
    podAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 10,
          podAffinityTerm: {
            topologyKey: 'topology.kubernetes.io/zone',
            labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'w0' } },
          },
        },
      ],
    },
  },
  {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: 'node.kubernetes.io/instance-type', operator: 'Exists' }] },
          { matchExpressions: [{ key: 'kubernetes.io/arch', operator: 'NotIn', values: ['arm64'] }] },
        ],
      },
    },
  },
);

const store: Value = (random, tenant) => [stateful({}, tenant, freeId(random, 'db'))];

/** What every pattern takes. */
export const POD: Values = {
  image: oneOf(
    IMAGE,
    IMAGE + DIGEST,
    'public.ecr.aws/docker/library/redis:8',
    Image.ecr({ ...ecr, tag: '1.4.2' }),
    Image.ecr({ ...ecr, digest: digest! }),
    Image.publicEcr({ repository: 'docker/library/redis', tag: '8' }),
    Image.ecrCache({ ...ecr, prefix: 'quay', tag: '1.4.2' }),
  ),
  command: oneOf(['/bin/run'], ['/bin/run', '$(HOME)']),
  args: oneOf(['--verbose'], ['--name=$(POD)']),
  env,
  envFrom: (random, tenant) => {
    const config = new Config(tenant, freeId(random, 'config'), { A: 'b', B: 'c' });
    return [pick(random, [config, config.only('A')])];
  },
  files: oneOf(
    { '/etc/app/app.yaml': 'a: b\n' },
    { '/etc/a': 'x', '/etc/b': 'y' },
    { '/etc/self': (self: Workload) => self.name },
  ),
  secretFiles: (random, tenant) => ({
    '/etc/tls': Secret.existing(tenant, freeId(random, 'tls'), ['tls.crt', 'tls.key']),
  }),
  scratch: oneOf(
    ['/var/cache'],
    [{ path: '/run', size: '10Mi', memory: true }],
    [{ path: '/work', size: '2Gi', className: 'gp3' }],
  ),
  mounts,
  volumes: oneOf(
    [
      {
        volume: { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
        mountPath: '/dev/shm',
        readOnly: false,
      },
    ],
    [{ volume: { name: 'shm', configMap: { name: 'made-elsewhere', optional: true } }, mountPath: '/etc/more' }],
  ),
  sidecars,
  initContainers,
  shared: oneOf(
    [{ name: 'sockets', path: '/run/sockets', with: ['main', 'proxy'] }],
    [{ name: 'sockets', path: '/run/sockets', with: ['main', 'proxy'], size: '1Mi', memory: true }],
    [{ name: 'sockets', size: '1Mi', with: { main: '/run/sockets', proxy: '/sockets' } }],
  ),
  postStart: oneOf(['true']),
  connectsTo: either(
    oneOf(
      [Peer.internet(443)],
      [Peer.workload({ namespace: 'elsewhere', name: 'catalog' }, 8080)],
      [Peer.cidr('10.0.0.0/8', { port: 5432, protocol: 'TCP' }, { port: 53, protocol: 'UDP', appProtocol: 'dns' })],
    ),
    store,
    (_random, tenant) => [Peer.metrics(tenant)],
    (random, tenant) => {
      const set = stateful({ port: { sql: 1, raft: 2 }, memberPorts: ['raft'] }, tenant, freeId(random, 'db'));
      return [
        set.on('sql'),
        set.onMembers('raft'),
        set.addService('primary', { podLabels: { role: 'a' }, ports: ['sql'] }),
      ];
    },
  ),
  acceptsFrom: (random, tenant) => [
    pick(random, [
      () => new Tenant(tenant.node.scope!, freeId(random, 'other'), { quota: 'none' }),
      () => Peer.controlPlane(),
    ])(),
  ],
  securityGroups: oneOf(['sg-0123456789abcdef0'], ['sg-01234567', 'sg-89abcdef']),
  aws,
  onSecretChange,
  user: oneOf(
    10001,
    'image',
    { uid: 1000, gid: 2000 },
    { root: 'the test draws it', stepsDown: true },
    { root: 'the test draws it' },
    { runAsUserName: 'ContainerUser' },
  ),
  apiAccess: oneOf(
    [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
    { cluster: [{ apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list'] }] },
    {
      namespace: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['watch'] }],
      cluster: [{ apiGroups: [''], resources: ['*'], verbs: ['get'], ...because }],
    },
  ),
  resources: oneOf(
    { cpu: '100m', memory: '128Mi' },
    { cpu: '1', memory: '1Gi', cpuLimit: 'none', ephemeralStorage: '2Gi' },
    { cpu: '1', memory: '1Gi', cpuLimit: '2', devices: { 'nvidia.com/gpu': 1 } },
    { cpu: '1', memory: '1Gi', devices: { 'aws.amazon.com/neuron': 1 } },
    { cpu: '250m', memory: '256Mi', memoryLimit: '512Mi', resize: { memory: 'RestartContainer', cpu: 'NotRequired' } },
  ),
  security: oneOf(
    { writableRoot: because },
    { capabilities: { add: ['NET_BIND_SERVICE'], ...because } },
    { privileged: because },
  ),
  shutdown: oneOf(
    { sleep: '1s', drain: '10s' },
    { drain: '2m' },
    { preStop: { command: ['drain'], time: '1m' } },
    { sleep: 0, preStop: ['drain'] },
  ),
  placement,
  priority: oneOf('critical', 'standard', 'batch', 'agent', { className: 'system-cluster-critical' }),
  resourceClaims: oneOf(
    { gpu: { deviceClass: 'gpu.example.com', count: 'all', selectors: ["device.driver == 'a.example.com'"] } },
    {
      both: { requests: { a: { deviceClass: 'a.example.com' } }, matchAttributes: ['resource.kubernetes.io/pcieRoot'] },
    },
    { own: { claimName: 'own' }, more: { templateName: 'more', containers: ['main'] } },
  ),
  imagePullPolicy: oneOf('Always', 'IfNotPresent', 'Never'),
  imagePullSecrets: oneOf(['registry']),
  dns: oneOf({ ndots: 5 }),
  runtimeClass: (random, tenant) =>
    new RuntimeClass(tenant, freeId(random, 'runtime'), { handler: 'runsc', overhead: { cpu: '10m', memory: '32Mi' } }),
  requires: oneOf([
    Requirements.feature('metrics', because),
    Requirements.feature('load-balancer', because),
    Requirements.feature('pod-identity', because),
    Requirements.addon('metrics-server', because),
    Requirements.zones(2, because),
    Requirements.architecture('amd64', because),
    Requirements.api('cert-manager.io/v1/Certificate', because),
  ]),
  waive: oneOf(
    { 'availability/no-budget': 'the test draws it' },
    { 'availability/memory-limit': 'until=2036-01-01 it' },
  ),
  verticalPodAutoscaler: oneOf('recommend'),
  instrumentation: either(
    oneOf(
      Instrumentation.openTelemetry({ language: 'java', instrumentation: 'observability/java' }),
      Instrumentation.applicationSignals({ language: 'python' }),
    ),
    (random, tenant) =>
      Instrumentation.openTelemetry({
        language: pick(random, ['nodejs', 'dotnet']),
        exportsTo: web({ port: 4317 }, tenant, freeId(random, 'collector')),
      }),
  ),
  logs: oneOf('exclude', { parser: 'json' }),
  labels: oneOf({ team: 'payments' }, { 'example.com/team': '' }),
  annotations: oneOf({ 'example.com/note': 'any text: at all' }),
};
