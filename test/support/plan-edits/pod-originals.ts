import type { Manifest } from '../app';

/** A pod with one container, and nothing else said. */
export const SMALL_POD = { containers: [{ name: 'app', image: 'web:1' }] };

/** A pod that says most of what can be said. */
export const LARGE_POD = {
  activeDeadlineSeconds: 3600,
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] }] }],
      },
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 5, preference: { matchExpressions: [{ key: 'one', operator: 'Exists' }] } },
      ],
    },
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 5,
          podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } },
        },
      ],
    },
  },
  automountServiceAccountToken: false,
  containers: [
    {
      name: 'app',
      image: 'web:1',
      args: ['--one', '--two'],
      command: ['sh'],
      env: [
        { name: 'A', value: 'a' },
        { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'C', valueFrom: { configMapKeyRef: { name: 'one', key: 'a' } } },
      ],
      envFrom: [{ configMapRef: { name: 'one' } }, { prefix: 'P_', secretRef: { name: 'two', optional: true } }],
      imagePullPolicy: 'Always',
      lifecycle: {
        preStop: { sleep: { seconds: 5 } },
        postStart: { httpGet: { port: 80, path: '/start' } },
      },
      livenessProbe: { httpGet: { port: 'http' }, periodSeconds: 5 },
      readinessProbe: { tcpSocket: { port: 80 } },
      startupProbe: { exec: { command: ['true'] }, failureThreshold: 30 },
      ports: [
        { name: 'http', containerPort: 80 },
        { name: 'dns', containerPort: 53, protocol: 'UDP' },
      ],
      resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }],
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '128Mi' } },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
      },
      terminationMessagePolicy: 'FallbackToLogsOnError',
      volumeMounts: [
        { name: 'one', mountPath: '/one' },
        { name: 'two', mountPath: '/two', readOnly: true, subPath: 'a' },
      ],
    },
    { name: 'side', image: 'side:latest', ports: [{ containerPort: 9090 }] },
  ],
  dnsConfig: { nameservers: ['10.1.0.4'], options: [{ name: 'ndots', value: '2' }] },
  enableServiceLinks: false,
  hostAliases: [{ ip: '10.1.0.4', hostnames: ['a.example.com'] }],
  imagePullSecrets: [{ name: 'one' }, { name: 'two' }],
  initContainers: [
    { name: 'first', image: 'init:1' },
    { name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' },
  ],
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  os: { name: 'linux' },
  readinessGates: [{ conditionType: 'example.com/one' }],
  securityContext: { runAsUser: 1000, fsGroup: 2000, seccompProfile: { type: 'RuntimeDefault' }, sysctls: [] },
  serviceAccountName: 'web',
  terminationGracePeriodSeconds: 60,
  tolerations: [
    { key: 'one', operator: 'Exists', effect: 'NoSchedule' },
    { key: 'two', operator: 'Equal', value: 'a' },
  ],
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { app: 'web' } },
    },
  ],
  volumes: [
    { name: 'one', emptyDir: { sizeLimit: '1Gi' } },
    { name: 'two', configMap: { name: 'one', items: [{ key: 'a', path: 'a' }] } },
    { name: 'three', secret: { secretName: 'one' } },
    {
      name: 'four',
      projected: {
        sources: [
          { serviceAccountToken: { path: 'token', audience: 'a' } },
          { downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } },
        ],
      },
    },
    { name: 'five', persistentVolumeClaim: { claimName: 'one' } },
    { name: 'six', hostPath: { path: '/var/log' } },
    { name: 'seven', csi: { driver: 'a.example.com' } },
    {
      name: 'eight',
      ephemeral: {
        volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
      },
    },
  ],
};

const LABELS = { app: 'web' };
const SELECTOR = { matchLabels: LABELS };
/** Of a controller, whose pods run for ever. */
const { activeDeadlineSeconds: _, ...ENDLESS } = LARGE_POD;
const SMALL_TEMPLATE = { metadata: { labels: LABELS }, spec: SMALL_POD };
const LARGE_TEMPLATE = {
  metadata: { labels: { ...LABELS, tier: 'front' }, annotations: { 'example.com/one': 'a' } },
  spec: ENDLESS,
};
const ONCE = { metadata: { labels: LABELS }, spec: { ...SMALL_POD, restartPolicy: 'Never' } };
const LARGE_ONCE = {
  ...LARGE_TEMPLATE,
  spec: { ...LARGE_POD, restartPolicy: 'Never', containers: LARGE_POD.containers },
};
const CLAIM = {
  metadata: { name: 'data', labels: LABELS },
  spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '10Gi' } } },
};

/** Kinds that make pods, each with little and with much said. */
export const POD_ORIGINALS: readonly Manifest[] = [
  ['v1', 'Pod', 'small', SMALL_POD],
  ['v1', 'Pod', 'large', { ...LARGE_POD, enableServiceLinks: true }],
  ['v1', 'Pod', 'gated', { ...SMALL_POD, schedulingGates: [{ name: 'example.com/one' }], nodeSelector: { one: 'a' } }],
  ['apps/v1', 'Deployment', 'small', { selector: SELECTOR, template: SMALL_TEMPLATE }],
  [
    'apps/v1',
    'Deployment',
    'large',
    {
      replicas: 3,
      minReadySeconds: 5,
      paused: false,
      progressDeadlineSeconds: 700,
      revisionHistoryLimit: 3,
      selector: { ...SELECTOR, matchExpressions: [{ key: 'tier', operator: 'Exists' }] },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: LARGE_TEMPLATE,
    },
  ],
  [
    'apps/v1',
    'Deployment',
    'recreate',
    { selector: SELECTOR, strategy: { type: 'Recreate' }, template: SMALL_TEMPLATE },
  ],
  ['apps/v1', 'StatefulSet', 'small', { selector: SELECTOR, serviceName: 'web', template: SMALL_TEMPLATE }],
  [
    'apps/v1',
    'StatefulSet',
    'large',
    {
      replicas: 3,
      minReadySeconds: 5,
      ordinals: { start: 1 },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' },
      podManagementPolicy: 'Parallel',
      revisionHistoryLimit: 3,
      selector: SELECTOR,
      serviceName: 'web',
      template: LARGE_TEMPLATE,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } },
      volumeClaimTemplates: [CLAIM, { metadata: { name: 'logs' }, spec: CLAIM.spec }],
    },
  ],
  [
    'apps/v1',
    'StatefulSet',
    'on-delete',
    { selector: SELECTOR, serviceName: 'web', template: SMALL_TEMPLATE, updateStrategy: { type: 'OnDelete' } },
  ],
  ['apps/v1', 'DaemonSet', 'small', { selector: SELECTOR, template: SMALL_TEMPLATE }],
  [
    'apps/v1',
    'DaemonSet',
    'large',
    {
      minReadySeconds: 5,
      revisionHistoryLimit: 3,
      selector: SELECTOR,
      template: LARGE_TEMPLATE,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '50%' } },
    },
  ],
  ['apps/v1', 'ReplicaSet', 'small', { selector: SELECTOR, template: SMALL_TEMPLATE }],
  ['apps/v1', 'ReplicaSet', 'large', { replicas: 2, minReadySeconds: 5, selector: SELECTOR, template: LARGE_TEMPLATE }],
  ['v1', 'ReplicationController', 'small', { selector: LABELS, template: SMALL_TEMPLATE }],
  ['batch/v1', 'Job', 'small', { template: ONCE }],
  [
    'batch/v1',
    'Job',
    'indexed',
    {
      activeDeadlineSeconds: 600,
      backoffLimitPerIndex: 1,
      completionMode: 'Indexed',
      completions: 3,
      maxFailedIndexes: 2,
      parallelism: 3,
      podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }] },
      successPolicy: { rules: [{ succeededCount: 1 }] },
      template: ONCE,
      ttlSecondsAfterFinished: 60,
    },
  ],
  ['batch/v1', 'Job', 'large', { backoffLimit: 2, parallelism: 2, template: LARGE_ONCE }],
  ['batch/v1', 'Job', 'suspended', { suspend: true, template: LARGE_ONCE }],
  ['batch/v1', 'CronJob', 'small', { schedule: '0 1 * * *', jobTemplate: { spec: { template: ONCE } } }],
  [
    'batch/v1',
    'CronJob',
    'large',
    {
      concurrencyPolicy: 'Forbid',
      failedJobsHistoryLimit: 2,
      jobTemplate: { metadata: { labels: LABELS }, spec: { backoffLimit: 2, template: LARGE_ONCE } },
      schedule: '0 1 * * *',
      startingDeadlineSeconds: 60,
      successfulJobsHistoryLimit: 2,
      suspend: true,
      timeZone: 'Etc/UTC',
    },
  ],
].map(([apiVersion, kind, name, spec]) => ({
  apiVersion,
  kind,
  metadata: { name: `plan-${name}`, namespace: 'default', labels: { app: 'web' } },
  spec,
})) as Manifest[];
