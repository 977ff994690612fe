/** Random values of the props of each pattern beside those of pods. */
import { Duration } from 'cdk8s';
import { Analysis, ArgoRollout, type Cluster, Expose, Probe, ScaleMetric, type Tenant } from 'cdk8s-eks-patterns';
import { pick, type Random } from '../../review/damage';
import { IMAGE, stateful, web } from '../app';
import { balancers, oidc } from './balancer-values';
import { because, either, freeId, oneOf, type Value, type Values } from './draw';
import { listeners, routes } from './gateway-values';
import { POD, probe, startup } from './pod-values';
import { byEvents, byResources, triggers } from './trigger-values';

const certificate = 'arn:aws:acm:us-west-2:111122223333:certificate/12345678-1234-1234-1234-123456789012';
const severities = { notReady: 'critical', restarting: 'off', labels: { team: 'payments' } };

const SERVICE: Values = {
  port: oneOf(
    8080,
    { http: 8080, admin: 9090 },
    { http: 80 },
    {
      http: { port: 8080, protocol: 'TCP', appProtocol: 'http' },
      dns: { port: 53, protocol: 'UDP' },
      sctp: { port: 99, protocol: 'SCTP' },
    },
    { http: 8080, gossip: 7946 },
  ),
  metrics: oneOf(
    { path: '/metrics' },
    { monitor: 'pod', interval: '15s', port: 9090 },
    { monitor: 'service' },
    { port: 'admin' },
  ),
  trafficDistribution: oneOf('PreferClose', 'PreferSameZone', 'PreferSameNode'),
  service: oneOf('headless', 'clusterIp'),
  memberPorts: oneOf([], ['gossip']),
  memberOf: (random, tenant) => [
    random() < 0.5
      ? web({ port: { http: 80, gossip: 81 }, memberPorts: ['gossip'] }, tenant, freeId(random, 'w'))
      : stateful({ memberPorts: [] }, tenant, freeId(random, 's')),
  ],
  expose: either(
    oneOf(
      Expose.clusterIp(),
      Expose.nodePort(),
      Expose.nodePort(30080),
      Expose.alb({ scheme: 'internal', host: 'shop.example.com' }),
      Expose.alb({
        scheme: 'internet-facing',
        host: 'shop.example.com',
        paths: ['/api', '/'],
        certificate,
        allowFrom: ['203.0.113.0/24'],
      }),
      Expose.alb({ scheme: 'internal', host: 'shop.example.com', group: 'shop', order: 3, port: 'http' }),
      Expose.nlb({ scheme: 'internal' }),
      Expose.elsewhere({ scheme: 'internal' }),
      Expose.elsewhere({ scheme: 'internet-facing', port: 'http' }),
      Expose.nlb({ scheme: 'internet-facing', certificate, allowFrom: ['203.0.113.0/24'], port: 'http' }),
      ...balancers,
    ),
    oidc,
    routes,
    listeners,
    (random, tenant) =>
      Expose.alb({
        scheme: 'internal',
        host: 'shop.example.com',
        weights: [{ to: web({}, tenant, freeId(random, 'canary')), weight: pick(random, [0, 10, 100]) }],
        ...pick(random, [{}, { stickiness: '10m' }]),
      }),
  ),
  probes: (random, tenant) => ({
    readiness: Probe.http('/readyz'),
    liveness: probe(random, tenant),
    ...(random() < 0.3 ? { startup: startup(random, tenant) } : {}),
  }),
};
/** Of what listens on no port that clients call. */
const PROBED: Values = {
  probes: (random, tenant) => ({
    liveness: pick(random, [Probe.exec(['true']), Probe.tcp(8081), Probe.grpc({ port: 8082 })]),
    ...(random() < 0.3 ? { startup: startup(random, tenant) } : {}),
    ...(random() < 0.3 ? { readiness: Probe.http('/readyz', { port: 8081 }) } : {}),
  }),
  metrics: oneOf({ port: 9100 }, { port: 9100, path: '/m', monitor: 'pod', interval: 30 }),
};
const disruption = oneOf(
  'none',
  { maxUnavailable: 1 },
  { minAvailable: '50%' },
  { minAvailable: 1, unready: 'protect' },
  { maxUnavailable: '25%', unready: 'evict' },
);
const byNumbers: Value = oneOf(
  0,
  1,
  2,
  3,
  { min: 2, max: 6 },
  { min: 1, max: 3, cpuUtilization: 60, memoryUtilization: 80 },
  {
    min: 1,
    max: 3,
    metrics: [
      ScaleMetric.resource('memory', { averageValue: '200Mi' }),
      ScaleMetric.resource('cpu', { utilization: 80 }),
      ScaleMetric.container('w0', 'cpu', { utilization: 80 }),
      ScaleMetric.container('w0', 'memory', { utilization: 80 }),
      ScaleMetric.pods('requests', { averageValue: 50, labels: { path: 'a' } }),
      ScaleMetric.object({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'a' }, 'hits', { value: '2k' }),
      ScaleMetric.external('queue', { averageValue: '1500m' }),
    ],
    behavior: {
      scaleUp: { selectPolicy: 'Min', policies: [{ type: 'Pods', value: 2, periodSeconds: 1800 }] },
      scaleDown: { stabilizationWindowSeconds: 3600, selectPolicy: 'Disabled' },
    },
  },
  {
    min: 1,
    max: 3,
    behavior: { scaleUp: { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }] } },
  },
);
const SCALED: Values = {
  replicas: either(byNumbers, byNumbers, byEvents, byResources),
  disruption,
  rollout: oneOf(
    { strategy: 'recreate', revisionHistory: 0 },
    { strategy: 'rolling', maxUnavailable: 1, minReady: '30s', deadline: '5m' },
    { maxSurge: '50%', paused: true },
    ArgoRollout.canary({
      steps: [{ setWeight: 25 }, { pause: '1m' }, { pause: 'until-promoted' }],
      analysis: Analysis.prometheus({ name: 'rate', address: 'http://p:9090', query: 'up', success: 'result[0] == 1' }),
    }),
  ),
  alerts: oneOf(true, false, severities, { atMaximum: 'info', notReady: 'warning' }, { certificateExpiry: 'warning' }),
};
const AGENT: Values = {
  ...PROBED,
  port: oneOf(4317, { otlp: 4317, statsd: { port: 8125, protocol: 'UDP' } }),
  reach: oneOf('service', 'node-ip'),
  hostPID: oneOf(because),
  hostNetwork: oneOf(because),
  hostPaths: oneOf(
    ['/var/log'],
    [{ path: '/opt/agent', kind: 'create', readOnly: false }],
    [{ path: '/opt/agent', kind: 'directory', propagation: 'hostToContainer', mountPath: '/host' }],
    [
      { path: '/run/agent.sock', kind: 'socket' },
      { path: '/dev/fuse', kind: 'device', propagation: 'bidirectional' },
      { path: '/dev/nvme0n1', kind: 'blockDevice' },
      { path: '/etc/machine-id', kind: 'file' },
    ],
  ),
  maxUnavailable: oneOf(1, '20%'),
  alerts: oneOf(true, false, severities),
};
const storage = { mountPath: '/data', size: '1Gi' };
/** A class of the cluster of a tenant, where there is one. */
function storageClass(random: Random, { node: { scope } }: Tenant) {
  const props = pick(random, [
    { type: 'gp3', iops: 4000, throughput: 500 },
    { fsType: 'xfs', reclaimPolicy: 'Delete' },
  ]);
  // every chart is an instance of Cluster: cdk8s asks no more
  return scope && 'storageClass' in scope
    ? (scope as Cluster).storageClass(freeId(random, 'class'), props as object)
    : 'gp3';
}
const MEMBERS: Values = {
  replicas: oneOf(1, 3),
  quorum: oneOf(true, 3),
  order: oneOf('Parallel', 'OrderedReady'),
  firstOrdinal: oneOf(0, 1),
  updateStrategy: oneOf('OnDelete', 'RollingUpdate', { partition: 1 }),
  persistentVolumeClaimRetentionPolicy: oneOf(
    { whenDeleted: 'Delete', whenScaled: 'Retain' },
    { whenDeleted: 'Retain', whenScaled: 'Delete' },
  ),
  storage: either(
    oneOf('none', { ...storage, folder: 'db/main' }, { ...storage, folder: false, className: 'gp3' }, [
      storage,
      { mountPath: '/wal', size: '1Gi', name: 'wal', className: 'gp3-retain' },
    ]),
    (random, tenant) => ({
      ...storage,
      className: storageClass(random, tenant),
      from: { snapshot: 'a-1' },
      attributesClass: 'faster',
    }),
  ),
  disruption,
  bootstrap: either(
    oneOf(
      { command: ['form', '--yes'] },
      { command: ['form'], args: ['--now'], image: IMAGE, waitImage: IMAGE, retries: 0, deadline: '5m' },
      { command: ['form'], env: { HOSTS: ({ hosts }: { hosts: readonly string[] }) => hosts.join(' ') } },
    ),
    (random, tenant) => ({
      command: ['form'],
      resources: { cpu: '50m', memory: '64Mi' },
      connectsTo: [stateful({}, tenant, freeId(random, 'db'))],
    }),
  ),
  alerts: oneOf(true, false, { ...severities, volumeFull: 'critical' }),
};
const JOB: Values = {
  onSecretChange: oneOf('ignore'),
  mesh: oneOf({ port: 29500 }, { port: { master: 29500, data: { port: 29501, protocol: 'UDP' } }, anyPort: true }),
  parallelism: oneOf(1, 2),
  completions: oneOf(2, 4),
  retries: oneOf(0, 6, { perIndex: 2 }, { perIndex: 1, failedIndexes: 1 }),
  onExit: oneOf({ 42: 'fail-job', 3: 'ignore' }, { 42: 'fail-index' }),
  onDisruption: oneOf('ignore', 'count'),
  successPolicy: oneOf({ indexes: [0] }, { count: 1 }),
  podReplacementPolicy: oneOf('Failed', 'TerminatingOrFailed'),
  queue: oneOf('team-a'),
  deadline: oneOf('10m', Duration.hours(1)),
  keepFor: oneOf('1h'),
  sharedStorage: oneOf(
    storage,
    { ...storage, from: { claim: 'data-store-0' } },
    { ...storage, name: 'work', className: 'gp3', folder: 'a' },
  ),
  alerts: oneOf(true, false, { jobFailed: 'critical', labels: { team: 'payments' } }),
};
const SCHEDULED: Values = {
  ...JOB,
  suspend: oneOf(true, false),
  schedule: oneOf('0 3 * * *', '*/5 * * * 1-5'),
  timeZone: oneOf('Europe/Berlin', 'Etc/UTC'),
  overlap: oneOf('Forbid', 'Allow', 'Replace'),
  startingDeadline: oneOf('5m'),
  history: oneOf({ succeeded: 0 }, { failed: 10 }),
};

const SCALED_JOB: Values = {
  ...JOB,
  triggers,
  max: oneOf(1, 2, 50),
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
};

/** By pattern. */
export const PATTERN_VALUES = {
  WebService: { ...POD, ...SERVICE, ...SCALED },
  StatefulService: { ...POD, ...SERVICE, ...MEMBERS },
  Worker: { ...POD, ...PROBED, ...SCALED },
  NodeAgent: { ...POD, ...AGENT },
  BatchJob: { ...POD, ...JOB, suspend: oneOf(true, false), elastic: oneOf(true, false) },
  ScheduledJob: { ...POD, ...SCHEDULED },
  ScaledJob: { ...POD, ...SCALED_JOB },
} as const satisfies Record<string, Values>;
