import {
  Analysis,
  ArgoRollout,
  Config,
  type EksApp,
  Env,
  Expose,
  InitContainer,
  Instrumentation,
  PatternError,
  Peer,
  Placement,
  Probe,
  ScaleMetric,
  ScaleTrigger,
  Secret,
  Tenant,
  type Workload,
} from 'cdk8s-eks-patterns';
import { pick, type Random, seeded } from '../review/damage';
import { agent, DIGEST, IMAGE, job, newApp, newCluster, scaledJob, scheduled, stateful, web, worker } from './app';
import { BUDGET_EDITS, type Edit, POD_EDITS, SERVICE_EDITS } from './random-edits';

type Props = Record<string, unknown>;
type Value = (random: Random, tenant: Tenant) => unknown;
type Values = Readonly<Record<string, Value>>;

const oneOf =
  (...values: unknown[]): Value =>
  (random) =>
    pick(random, values);
const because = { because: 'the test draws it' };
const probe: Value = oneOf(
  Probe.tcp(),
  Probe.http('/healthz'),
  Probe.http('/healthz', { period: '5s', timeout: '2s', failures: 5 }),
  Probe.exec(['true']),
);
const container = (name: string) => ({ name, image: IMAGE, command: ['run'] });
/** A container with props of the library: those of init containers, and what only sidecars have. */
const own = (name: string, more: object) => ({ ...container(name), scratch: ['/tmp', '/var/own'], ...more });
const OWN: readonly ((random: Random, tenant: Tenant) => object)[] = [
  () => ({ user: 65534 }),
  () => ({ user: { uid: 1000, gid: 0 } }),
  () => ({ user: { root: 'the test draws it', stepsDown: true } }),
  () => ({ env: { A: '1', B: (self: { podIp: string; nodeIp: string }) => `${self.podIp}${self.nodeIp}` } }),
  () => ({ env: { LIMIT: Env.resource('limits.memory', '1Mi'), ZONE: Env.zone() } }),
  () => ({ files: { '/etc/own.yaml': 'a: b\n' } }),
  (random, tenant) => {
    const secret = Secret.existing(tenant, `own-${Math.floor(random() * 1e6)}`, ['key']);
    return { env: { KEY: secret.env('key'), KEY_FILE: secret.file('key') }, secretFiles: { '/etc/own': secret } };
  },
  (random, tenant) => ({ envFrom: [new Config(tenant, `own-${Math.floor(random() * 1e6)}`, { C: 'd' })] }),
  () => ({ like: 'main', scratch: undefined }),
  () => ({ like: 'main', env: { A: '$(POD)', POD: Env.podName() }, scratch: ['/tmp'] }),
  () => ({ resources: { cpu: '10m', memory: '16Mi', cpuLimit: 'none' } }),
  () => ({ security: { writableRoot: because, capabilities: { add: ['NET_BIND_SERVICE'], ...because } } }),
  () => ({ imagePullPolicy: 'IfNotPresent' }),
];
const BESIDE: readonly object[] = [
  { port: 4180, probes: { liveness: Probe.tcp(), readiness: Probe.http('/ready') } },
  { port: { proxy: 4180, stats: { port: 9901, protocol: 'UDP' } }, postStart: ['true'] },
  { probes: { startup: Probe.exec(['true']) }, shutdown: { preStop: ['sleep', '2'] } },
  { shutdown: { preStop: { command: ['drain'], time: '10s' } }, waitsFor: ['init'] },
];
/** Containers of the library, an init container of every workload before them. */
const beside: Value = (random, tenant) => [
  own('proxy', { ...pick(random, OWN)(random, tenant), ...pick(random, BESIDE) }),
];
const before: Value = (random, tenant) => [
  InitContainer.waitFor(Peer.cidr('10.0.0.0/8', 5432), { host: '10.0.0.1' }),
  own('init', pick(random, OWN)(random, tenant)),
];
const either =
  (...values: Value[]): Value =>
  (random, tenant) =>
    pick(random, values)(random, tenant);

/** What every pattern takes. */
const COMMON: Values = {
  image: oneOf(IMAGE, IMAGE + DIGEST, 'public.ecr.aws/docker/library/redis:8'),
  command: oneOf(['/bin/run'], ['/bin/run', '$(HOME)']),
  args: oneOf(['--verbose'], ['--name=$(POD)']),
  env: (random) => ({
    [pick(random, ['LOG_LEVEL', 'a.b', 'lower'])]: pick(random, ['info', '', 'x'.repeat(300), 'https://example.com']),
  }),
  envFrom: (random, tenant) => {
    const config = new Config(tenant, `config-${Math.floor(random() * 1e6)}`, { A: 'b', B: 'c' });
    return [pick(random, [config, config.only('A')])];
  },
  files: oneOf({ '/etc/app/app.yaml': 'a: b\n' }, { '/etc/a': 'x', '/etc/b': 'y' }),
  secretFiles: (random, tenant) => ({
    '/etc/tls': Secret.existing(tenant, `tls-${Math.floor(random() * 1e6)}`, ['tls.key']),
  }),
  scratch: oneOf(['/var/cache'], [{ path: '/run', size: '10Mi', memory: true }]),
  volumes: oneOf([
    {
      volume: { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
      mountPath: '/dev/shm',
      readOnly: false,
    },
  ]),
  sidecars: either(
    oneOf([container('sidecar')], [{ ...container('sidecar'), ports: [{ containerPort: 9100 }] }]),
    beside,
    beside,
  ),
  initContainers: either(
    oneOf([container('init')], [{ ...container('init'), restartPolicy: 'Always' }]),
    before,
    before,
  ),
  shared: oneOf(
    [{ name: 'sockets', path: '/run/sockets', with: ['main', 'proxy'] }],
    [{ name: 'sockets', size: '1Mi', with: { main: '/run/sockets', proxy: '/sockets' } }],
  ),
  postStart: oneOf(['true']),
  connectsTo: oneOf([Peer.internet(443)], [Peer.cidr('10.0.0.0/8', 5432)]),
  aws: oneOf({ allow: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::bucket/*'] }] }),
  user: oneOf(10001, 'image', { uid: 1000, gid: 2000 }, { root: 'the test draws it', stepsDown: true }),
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
    { cpu: '250m', memory: '256Mi', memoryLimit: '512Mi', resize: { memory: 'RestartContainer', cpu: 'NotRequired' } },
  ),
  security: oneOf(
    { writableRoot: because },
    { capabilities: { add: ['NET_BIND_SERVICE'], ...because } },
    { privileged: because },
  ),
  shutdown: oneOf({ sleep: '1s', drain: '10s' }, { drain: '2m' }, { preStop: { command: ['drain'], time: '1m' } }),
  placement: oneOf(
    { spread: 'none' },
    { spread: 'zones' },
    { spread: [{ over: 'zones', maxSkew: 2, required: true, minDomains: 2 }, { over: 'nodes' }] },
    { tolerations: [{ key: 'a', operator: 'Exists' }] },
    Placement.onDemand({ architecture: 'amd64' }),
    Placement.windows(),
    {
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }] },
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
  ),
  resourceClaims: oneOf(
    { gpu: { deviceClass: 'gpu.example.com', count: 'all', selectors: ["device.driver == 'a.example.com'"] } },
    {
      both: { requests: { a: { deviceClass: 'a.example.com' } }, matchAttributes: ['resource.kubernetes.io/pcieRoot'] },
    },
  ),
  imagePullPolicy: oneOf('Always', 'IfNotPresent'),
  imagePullSecrets: oneOf(['registry']),
  verticalPodAutoscaler: oneOf('recommend'),
  logs: oneOf('exclude', { parser: 'json' }),
  instrumentation: either(
    oneOf(Instrumentation.applicationSignals({ language: 'java' })),
    oneOf(Instrumentation.openTelemetry({ language: 'nodejs', exportsTo: Peer.cidr('10.0.0.0/8', 4317) })),
  ),
  alerts: oneOf(true, false, { labels: { team: 'payments' } }),
  labels: oneOf({ team: 'payments' }, { 'example.com/team': '' }),
  annotations: oneOf({ 'example.com/note': 'any text: at all' }),
};
const SERVICE: Values = {
  port: oneOf(8080, { http: 8080, admin: 9090 }, { http: 80 }),
  metrics: oneOf({ path: '/metrics' }, { monitor: 'pod', interval: '15s' }, { monitor: 'service' }),
  trafficDistribution: oneOf('PreferClose', 'PreferSameZone'),
  service: oneOf('headless', 'clusterIp'),
  memberPorts: oneOf([]),
  expose: either(
    oneOf(
      Expose.clusterIp(),
      Expose.nodePort(),
      Expose.alb({ scheme: 'internal', host: 'shop.example.com' }),
      Expose.alb({ scheme: 'internet-facing', host: 'shop.example.com', paths: ['/api', '/'] }),
      Expose.nlb({ scheme: 'internal' }),
    ),
    (random, tenant) =>
      Expose.alb({
        scheme: 'internal',
        host: 'shop.example.com',
        weights: [{ to: web({}, tenant, `canary-${Math.floor(random() * 1e6)}`), weight: pick(random, [0, 10, 100]) }],
        ...pick(random, [{}, { stickiness: '10m' }]),
      }),
  ),
  probes: (random, tenant) => ({ readiness: Probe.http('/readyz'), liveness: probe(random, tenant) }),
};
/** One trigger of each kind. */
const TRIGGERS: readonly ((login: Secret<'password'>) => ScaleTrigger)[] = [
  () => ScaleTrigger.sqs({ queueUrl: 'https://sqs.us-west-2.amazonaws.com/111122223333/a', messagesPerReplica: 5 }),
  () => ScaleTrigger.kafka({ bootstrapServers: ['kafka:9092'], consumerGroup: 'a', sasl: 'aws_msk_iam' }),
  () => ScaleTrigger.prometheus({ serverAddress: 'http://prometheus:9090', query: 'sum(up)', threshold: 2 }),
  () => ScaleTrigger.cloudwatch({ expression: 'SELECT 1', targetMetricValue: 5, minMetricValue: 0 }),
  () => ScaleTrigger.window({ start: '0 8 * * *', end: '0 18 * * *', timeZone: 'Etc/UTC', replicas: 2 }),
  (login) =>
    ScaleTrigger.redis({
      address: 'w0.restricted.svc:8080',
      listName: 'a',
      authentication: { secrets: { password: login.key('password') } },
    }),
  (login) =>
    ScaleTrigger.postgresql({
      query: 'SELECT 1',
      targetQueryValue: 5,
      authentication: { secrets: { connection: login.key('password') } },
    }),
  (login) => ScaleTrigger.keda('github-runner', {}, { authentication: { secrets: { appKey: login.key('password') } } }),
];
const login = (random: Random, tenant: Tenant) =>
  Secret.existing(tenant, `login-${Math.floor(random() * 1e6)}`, ['password']);
const triggers = (random: Random, tenant: Tenant) => [
  pick(random, TRIGGERS)(login(random, tenant)),
  pick(random, TRIGGERS)(login(random, tenant)),
];
/** Options of KEDA, each with the bounds that it needs. */
const EVENTS: readonly object[] = [
  { min: 0, max: 3, pollingInterval: '10s', cooldownPeriod: '1m', initialCooldownPeriod: '1m' },
  { min: 2, max: 3, idleReplicaCount: 0 },
  { min: 1, max: 3, fallback: { failureThreshold: 3, replicas: 2 } },
  { min: 1, max: 3, fallback: { failureThreshold: 3, replicas: 2, behavior: 'currentReplicas' } },
  { min: 0, max: 3, paused: true },
  { min: 0, max: 3, paused: { replicas: 1 } },
];
const byEvents: Value = (random, tenant) => ({ ...pick(random, EVENTS), triggers: triggers(random, tenant) });
const byNumbers: Value = oneOf(
  0,
  1,
  2,
  3,
  { min: 2, max: 6 },
  { min: 1, max: 3, cpuUtilization: 60 },
  {
    min: 1,
    max: 3,
    metrics: [
      ScaleMetric.resource('memory', { averageValue: '200Mi' }),
      ScaleMetric.pods('requests', { averageValue: 50, labels: { path: 'a' } }),
      ScaleMetric.object({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'a' }, 'hits', { value: '2k' }),
      ScaleMetric.external('queue', { averageValue: '1500m' }),
    ],
    behavior: {
      scaleUp: { selectPolicy: 'Min', policies: [{ type: 'Pods', value: 2, periodSeconds: 1800 }] },
      scaleDown: { stabilizationWindowSeconds: 3600, selectPolicy: 'Disabled' },
    },
  },
);
const SCALED: Values = {
  replicas: either(
    byNumbers,
    byNumbers,
    byEvents,
    oneOf({
      min: 1,
      max: 3,
      triggers: [ScaleTrigger.cpu({ value: 60 }), ScaleTrigger.memory({ metricType: 'AverageValue', value: '400Mi' })],
    }),
  ),
  disruption: oneOf('none', { maxUnavailable: 1 }, { minAvailable: '50%' }),
  rollout: oneOf(
    { strategy: 'recreate', revisionHistory: 0 },
    { maxUnavailable: 1, minReady: '30s', deadline: '5m' },
    { maxSurge: '50%', paused: true },
    ArgoRollout.canary({
      steps: [{ setWeight: 25 }, { pause: '1m' }, { pause: 'until-promoted' }],
      analysis: Analysis.prometheus({ name: 'rate', address: 'http://p:9090', query: 'up', success: 'result[0] == 1' }),
    }),
  ),
};
const AGENT: Values = {
  port: oneOf(4317, { otlp: 4317, statsd: { port: 8125, protocol: 'UDP' } }),
  reach: oneOf('service', 'node-ip'),
  hostPID: oneOf(because),
  hostPaths: oneOf(
    ['/var/log'],
    [{ path: '/opt/agent', kind: 'create', readOnly: false }],
    [{ path: '/opt/agent', propagation: 'hostToContainer' }],
  ),
};
const MEMBERS: Values = {
  bootstrap: oneOf(
    { command: ['create'], env: { HOSTS: (self: { hosts: readonly string[] }) => self.hosts.join(' ') } },
    { command: ['sh'], args: ['-c', 'create'], image: IMAGE, deadline: '10m', retries: 0, waitImage: IMAGE },
  ),
  replicas: oneOf(1, 3),
  quorum: oneOf(true),
  order: oneOf('Parallel', 'OrderedReady'),
  firstOrdinal: oneOf(0, 1),
  updateStrategy: oneOf('OnDelete', { partition: 1 }),
  persistentVolumeClaimRetentionPolicy: oneOf({ whenDeleted: 'Delete' }, { whenScaled: 'Delete' }),
  storage: oneOf(
    'none',
    { mountPath: '/data', size: '1Gi', folder: 'db/main' },
    { mountPath: '/data', size: '1Gi', folder: false },
  ),
};
/** Calls its peers by name; refused where no mesh was drawn. */
const meshEnv = {
  MASTER: (self: { leader: string }) => self.leader,
  ALL: (self: { hosts: readonly string[] }) => self.hosts.join(' '),
};
const JOB: Values = {
  mesh: oneOf({ port: 29500 }, { port: { master: 29500, data: { port: 29501, protocol: 'UDP' } }, anyPort: true }),
  parallelism: oneOf(1, 2),
  completions: oneOf(2, 4),
  retries: oneOf(0, 6, { perIndex: 2 }, { perIndex: 1, failedIndexes: 1 }),
  onExit: oneOf({ 42: 'fail-job', 3: 'ignore' }, { 42: 'fail-index' }),
  onDisruption: oneOf('ignore', 'count'),
  successPolicy: oneOf({ indexes: [0] }, { count: 1 }),
  podReplacementPolicy: oneOf('Failed', 'TerminatingOrFailed'),
  queue: oneOf('team-a'),
  deadline: oneOf('10m'),
  keepFor: oneOf('1h'),
};

interface Drawn {
  readonly make: (props: Props, tenant: Tenant, id: string) => Workload;
  readonly values: Values;
  /** The name of its controller in `customize`. */
  readonly controller: string;
}

const PATTERNS: readonly Drawn[] = [
  { make: web, values: { ...COMMON, ...SERVICE, ...SCALED }, controller: 'deployment' },
  {
    make: stateful,
    values: { ...COMMON, ...SERVICE, ...MEMBERS },
    controller: 'statefulSet',
  },
  { make: worker, values: { ...COMMON, ...SCALED }, controller: 'deployment' },
  {
    make: agent,
    values: { ...COMMON, ...AGENT, maxUnavailable: oneOf(1, '20%') },
    controller: 'daemonSet',
  },
  {
    make: job,
    values: {
      ...COMMON,
      ...JOB,
      verticalPodAutoscaler: oneOf(undefined),
      suspend: oneOf(true, false),
      elastic: oneOf(true, false),
    },
    controller: 'job',
  },
  {
    make: scheduled,
    values: {
      ...COMMON,
      ...JOB,
      schedule: oneOf('0 3 * * *', '*/5 * * * 1-5'),
      history: oneOf({ succeeded: 0 }, { failed: 10 }),
      suspend: oneOf(true, false),
    },
    controller: 'cronJob',
  },
  {
    make: scaledJob,
    values: {
      ...COMMON,
      ...JOB,
      verticalPodAutoscaler: oneOf(undefined),
      triggers,
      max: oneOf(2, 50),
      min: oneOf(0, 1),
      pollingInterval: oneOf('10s'),
      rolloutStrategy: oneOf('gradual', 'immediate'),
      scalingStrategy: oneOf(
        { strategy: 'accurate', pendingPodConditions: ['Ready'] },
        { strategy: 'custom', customScalingQueueLengthDeduction: 1, customScalingRunningJobPercentage: 0.5 },
        { strategy: 'eager', multipleScalersCalculation: 'avg' },
      ),
      history: oneOf({ succeeded: 0 }, { failed: 10 }),
      paused: oneOf(true, false),
    },
    controller: 'scaledJob',
  },
];

/** The tenants of random programs, by the level that they enforce. */
export const LEVELS = ['restricted', 'baseline', 'privileged'] as const;

/** A program of one to three workloads; undefined where a constructor refuses its props. */
export function randomProgram(seed: number): EksApp | undefined {
  const random = seeded(seed);
  const app = newApp();
  const level = pick(random, [...LEVELS, 'restricted', 'restricted'] as const);
  try {
    const podSecurity = level === 'restricted' ? {} : { podSecurity: { level, ...because } };
    const tenant = new Tenant(newCluster(app), level, { quota: 'none', ...podSecurity });
    const count = 1 + Math.floor(random() * 3);
    for (let i = 0; i < count; i++) {
      const { make, values, controller } = pick(random, PATTERNS);
      make({ ...drawn(values, random, tenant), ...edits(controller, random) }, tenant, `w${i}`);
    }
  } catch (e) {
    if (e instanceof PatternError) {
      return undefined;
    }
    throw e;
  }
  return app;
}

/** Each prop in one of five programs. */
function drawn(values: Values, random: Random, tenant: Tenant): Props {
  const props: Props = {};
  for (const [name, value] of Object.entries(values)) {
    if (random() < 0.2) {
      props[name] = value(random, tenant);
    }
  }
  return consistent(props);
}

/** Without the names of containers that were not drawn. */
function consistent({ shared, ...props }: Props): Props {
  const named = (key: string, name: string) =>
    ((props[key] ?? []) as readonly { readonly name?: string }[]).find((one) => one.name === name);
  if (JSON.stringify(props.onExit)?.includes('fail-index') && typeof props.retries !== 'object') {
    props.retries = { perIndex: 2 };
  }
  const proxy = named('sidecars', 'proxy') as { waitsFor?: unknown } | undefined;
  if (proxy && !named('initContainers', 'init')) {
    delete proxy.waitsFor;
  }
  const whole = proxy && shared ? { ...props, shared } : props;
  if (props.elastic) {
    // what counts completions
    return { ...whole, parallelism: undefined, successPolicy: undefined, retries: { perIndex: 2 }, mesh: undefined };
  }
  return props.mesh ? { completions: 2, ...whole, parallelism: undefined, env: meshEnv } : whole;
}

/** Edits in half of the programs: of the controller, else of its Service or its budget. */
function edits(controller: string, random: Random): Props {
  if (random() < 0.5) {
    return {};
  }
  const [key, among] = pick<readonly [string, readonly Edit[]]>(random, [
    [controller, POD_EDITS],
    [controller, POD_EDITS],
    [controller, POD_EDITS],
    ...(['deployment', 'statefulSet'].includes(controller)
      ? ([
          ['service', SERVICE_EDITS],
          ['disruptionBudget', BUDGET_EDITS],
        ] as const)
      : []),
  ]);
  const edit = pick(random, among);
  // an edit runs at each rendering, and has to do the same each time
  const own = Math.floor(random() * 1e9);
  return { customize: { [key]: (object: never) => edit(object, seeded(own)) } };
}
