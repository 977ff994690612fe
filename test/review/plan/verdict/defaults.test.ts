import { created } from '../../../../review/plan/verdict';
import { createdPod, createdSpec, VERSION, withSpec } from './objects';

const container = (more: object) =>
  createdPod({ containers: [{ name: 'app', image: 'web:1', ...more }] }).containers[0];
const volume = (more: object) => createdPod({ volumes: [{ name: 'a', ...more }] }).volumes[0];

test('a pod that says nothing', () => {
  expect(createdPod({})).toEqual({
    containers: [
      {
        name: 'app',
        image: 'web:1',
        imagePullPolicy: 'IfNotPresent',
        resources: {},
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
      },
    ],
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
  });
});

test.each([
  ['web', 'Always'],
  ['web:latest', 'Always'],
  ['web:latest@sha256:0', 'Always'],
  ['host:5000/web', 'Always'],
  ['web:1', 'IfNotPresent'],
  ['web@sha256:0', 'IfNotPresent'],
  ['', 'IfNotPresent'],
])('the image %s is pulled %s', (image, policy) => {
  expect(container({ image }).imagePullPolicy).toBe(policy);
  expect(container({ image, imagePullPolicy: 'Never' }).imagePullPolicy).toBe('Never');
});

test('parts of a container', () => {
  const times = { failureThreshold: 3, periodSeconds: 10, successThreshold: 1, timeoutSeconds: 1 };
  expect(container({ livenessProbe: { httpGet: { port: 80 }, periodSeconds: 0 } }).livenessProbe).toEqual({
    httpGet: { port: 80, path: '/', scheme: 'HTTP' },
    ...times,
  });
  expect(container({ startupProbe: { grpc: { port: 80 } } }).startupProbe.grpc).toEqual({ port: 80, service: '' });
  expect(container({ ports: [{ containerPort: 80 }] }).ports).toEqual([{ containerPort: 80, protocol: 'TCP' }]);
  const env = [
    { name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'B', value: '' },
  ];
  expect(container({ env }).env).toEqual([
    { name: 'A', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
    { name: 'B' },
  ]);
  const file = [{ name: 'A', valueFrom: { fileKeyRef: { key: 'a', path: 'b', volumeName: 'c' } } }];
  expect(container({ env: file }).env[0].valueFrom.fileKeyRef.optional).toBe(false);
  expect(container({ lifecycle: { stopSignal: 'SIGUSR1' } }).lifecycle).toBeUndefined();
  expect(container({ lifecycle: { stopSignal: 'SIGUSR1', preStop: { sleep: { seconds: 1 } } } }).lifecycle).toEqual({
    preStop: { sleep: { seconds: 1 } },
  });
});

test('the account of a pod has two names', () => {
  expect(createdPod({ serviceAccountName: 'a' })).toMatchObject({ serviceAccountName: 'a', serviceAccount: 'a' });
  expect(createdPod({ serviceAccount: 'a' })).toMatchObject({ serviceAccountName: 'a', serviceAccount: 'a' });
});

test('what is empty is none, but for what can be empty', () => {
  const pod = createdPod({
    hostNetwork: false,
    nodeSelector: {},
    tolerations: [],
    automountServiceAccountToken: false,
    affinity: {},
  });
  expect(Object.keys(pod)).not.toEqual(expect.arrayContaining(['hostNetwork']));
  expect(pod).not.toHaveProperty('nodeSelector');
  expect(pod).not.toHaveProperty('tolerations');
  expect(pod).toMatchObject({ automountServiceAccountToken: false, affinity: {} });
  expect(createdSpec('apps/v1', 'Deployment', { replicas: 0, minReadySeconds: 0, paused: false })).not.toHaveProperty(
    'paused',
  );
  expect(createdSpec('apps/v1', 'Deployment', { replicas: 0 }).replicas).toBe(0);
});

test.each([
  [{}, { emptyDir: {} }],
  [{ secret: { secretName: 'a' } }, { secret: { secretName: 'a', defaultMode: 420 } }],
  [{ configMap: { name: 'a', defaultMode: 0 } }, { configMap: { name: 'a', defaultMode: 0 } }],
  [{ configMap: { name: 'a' } }, { configMap: { name: 'a', defaultMode: 420 } }],
  [{ downwardAPI: {} }, { downwardAPI: { defaultMode: 420 } }],
  [{ hostPath: { path: '/a' } }, { hostPath: { path: '/a', type: '' } }],
  [{ image: { reference: 'a' } }, { image: { reference: 'a', pullPolicy: 'Always' } }],
  [{ image: { reference: 'a', pullPolicy: 'Never' } }, { image: { reference: 'a', pullPolicy: 'Never' } }],
  [
    { projected: { sources: [{ serviceAccountToken: { path: 'a' } }] } },
    { projected: { defaultMode: 420, sources: [{ serviceAccountToken: { path: 'a', expirationSeconds: 3600 } }] } },
  ],
  [
    { iscsi: { targetPortal: 'a', iqn: 'b', lun: 0 } },
    { iscsi: { targetPortal: 'a', iqn: 'b', lun: 0, iscsiInterface: 'default' } },
  ],
  [
    { rbd: { monitors: ['a'], image: 'b' } },
    { rbd: { monitors: ['a'], image: 'b', pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' } },
  ],
  [
    { azureDisk: { diskName: 'a', diskURI: 'b' } },
    {
      azureDisk: {
        diskName: 'a',
        diskURI: 'b',
        cachingMode: 'ReadWrite',
        fsType: 'ext4',
        kind: 'Shared',
        readOnly: false,
      },
    },
  ],
  [
    { scaleIO: { gateway: 'a', system: 'b' } },
    { scaleIO: { gateway: 'a', system: 'b', fsType: 'xfs', storageMode: 'ThinProvisioned' } },
  ],
  [
    { ephemeral: { volumeClaimTemplate: { spec: {} } } },
    { ephemeral: { volumeClaimTemplate: { metadata: {}, spec: { resources: {}, volumeMode: 'Filesystem' } } } },
  ],
])('the volume %j is %j', (given, kept) => {
  expect(volume(given)).toEqual({ name: 'a', ...kept });
});

test('before 1.35 a volume cannot be an image, and a container has no restart policy of its own', () => {
  const pod = {
    volumes: [{ name: 'a', image: { reference: 'a:1' } }],
    containers: [
      { name: 'app', image: 'web:1', restartPolicy: 'Never', volumeMounts: [{ name: 'a', mountPath: '/a' }] },
    ],
    initContainers: [
      { name: 'one', image: 'web:1', restartPolicy: 'Always' },
      { name: 'two', image: 'web:1', restartPolicy: 'Never' },
    ],
  };
  const old = createdPod(pod, '1.34');
  expect(old).not.toHaveProperty('volumes');
  expect(old.containers[0]).not.toHaveProperty('volumeMounts');
  expect([...old.containers, ...old.initContainers].map(({ restartPolicy }) => restartPolicy)).toEqual([
    undefined,
    'Always',
    undefined,
  ]);
  const now = createdPod(pod, '1.35');
  expect(now.volumes).toHaveLength(1);
  expect(now.containers[0]).toMatchObject({ restartPolicy: 'Never', volumeMounts: [{ name: 'a', mountPath: '/a' }] });
});

test('of a Pod the server fills in more than of a template', () => {
  const spec = createdSpec('v1', 'Pod', {
    hostNetwork: true,
    containers: [
      {
        name: 'app',
        image: 'web:1',
        ports: [{ containerPort: 80 }],
        resources: { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '0.5' } },
      },
    ],
    tolerations: [{ key: 'node.kubernetes.io/not-ready', operator: 'Exists' }],
  });
  expect(spec).toMatchObject({
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    priority: 0,
    serviceAccountName: 'default',
  });
  expect(spec.containers).toMatchObject([
    { ports: [{ containerPort: 80, hostPort: 80 }], resources: { requests: { cpu: '500m', memory: '1Gi' } } },
  ]);
  expect(spec.tolerations).toEqual([
    { key: 'node.kubernetes.io/not-ready', operator: 'Exists' },
    { effect: 'NoExecute', key: 'node.kubernetes.io/unreachable', operator: 'Exists', tolerationSeconds: 300 },
  ]);
});

test.each([
  [
    'Deployment',
    {},
    {
      replicas: 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
    },
  ],
  ['Deployment', { strategy: { type: 'Recreate' } }, { strategy: { type: 'Recreate' } }],
  [
    'Deployment',
    { strategy: { rollingUpdate: { maxSurge: 1 } } },
    { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } } },
  ],
  [
    'DaemonSet',
    {},
    {
      revisionHistoryLimit: 10,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
    },
  ],
  ['ReplicaSet', {}, { replicas: 1 }],
  [
    'StatefulSet',
    {},
    {
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      podManagementPolicy: 'OrderedReady',
      replicas: 1,
      revisionHistoryLimit: 10,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    },
  ],
  ['StatefulSet', { updateStrategy: { type: 'RollingUpdate' } }, { updateStrategy: { type: 'RollingUpdate' } }],
  ['StatefulSet', { updateStrategy: { type: 'OnDelete' } }, { updateStrategy: { type: 'OnDelete' } }],
])('%s %j', (kind, given, kept) => {
  expect(createdSpec('apps/v1', kind, given)).toMatchObject(kept);
});

test('of a StatefulSet the most that may be unavailable is kept since 1.37', () => {
  const spec = { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } } };
  expect(createdSpec('apps/v1', 'StatefulSet', spec).updateStrategy).toEqual({
    type: 'RollingUpdate',
    rollingUpdate: { partition: 0 },
  });
  expect(createdSpec('apps/v1', 'StatefulSet', spec, '1.37')).toMatchObject(spec);
  expect(createdSpec('apps/v1', 'StatefulSet', {}, '1.37')).toMatchObject({
    updateStrategy: { rollingUpdate: { maxUnavailable: 1 } },
  });
});

describe('a Job', () => {
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [] } };
  const job = (spec: object) => created(withSpec('batch/v1', 'Job', { template, ...spec }), VERSION);

  test('runs once, and has the labels of its pods', () => {
    const { metadata, spec } = job({ selector: {} });
    const labels = { app: 'web', 'batch.kubernetes.io/job-name': 'web', 'job-name': 'web' };
    expect(metadata.labels).toEqual(labels);
    expect(spec).toMatchObject({
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      completions: 1,
      manualSelector: false,
      parallelism: 1,
      podReplacementPolicy: 'TerminatingOrFailed',
      suspend: false,
      template: { metadata: { labels } },
    });
    expect(spec).not.toHaveProperty('selector');
  });

  test('or as its fields say', () => {
    expect(job({ parallelism: 2 }).spec).not.toHaveProperty('completions');
    expect(job({ backoffLimitPerIndex: 1 }).spec!.backoffLimit).toBe(2147483647);
    const rules = [{ action: 'Ignore', onPodConditions: [{ type: 'a' }] }];
    expect(job({ podFailurePolicy: { rules } }).spec).toMatchObject({
      podFailurePolicy: { rules: [{ onPodConditions: [{ type: 'a', status: 'True' }] }] },
      podReplacementPolicy: 'Failed',
    });
    const own = job({ manualSelector: true, selector: { matchLabels: { app: 'web' } } }).spec!;
    expect(own.template).toMatchObject({ metadata: { labels: { app: 'web' } } });
    expect(own.selector).toEqual({ matchLabels: { app: 'web' } });
  });

  test('of a CronJob it is filled in when it is made', () => {
    const spec = createdSpec('batch/v1', 'CronJob', { schedule: 'a', jobTemplate: { spec: { template } } });
    expect(spec).toMatchObject({
      concurrencyPolicy: 'Allow',
      failedJobsHistoryLimit: 1,
      successfulJobsHistoryLimit: 3,
      suspend: false,
    });
    expect((spec.jobTemplate as { spec: object }).spec).not.toHaveProperty('completions');
  });
});

test('a ReplicationController has the selector and the labels of its pods', () => {
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [] } };
  const { metadata, spec } = created(withSpec('v1', 'ReplicationController', { template }), VERSION);
  expect([metadata.labels, spec!.selector, spec!.replicas]).toEqual([{ app: 'web' }, { app: 'web' }, 1]);
});
