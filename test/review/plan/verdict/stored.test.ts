import { created } from '../../../../review/plan/verdict';
import { storedQuantity } from '../../../../review/plan/verdict/quantities';
import { isServed } from '../../../../review/plan/verdict/served';
import { isEmpty, isSame } from '../../../../review/plan/verdict/values';
import { createdSpec, object, VERSION } from './objects';

test.each([
  ['1000m', '1'],
  [0.5, '500m'],
  [' 1 ', '1'],
  ['1024Mi', '1Gi'],
  ['1.5Gi', '1536Mi'],
  ['0.5Ki', '512'],
  ['2e3', '2e3'],
  ['2000e3', '2e6'],
  ['0.002e0', '2e-3'],
  ['5E0', '5'],
  ['much', 'much'],
  [true, true],
])('the quantity %j is kept as %j', (given, kept) => {
  expect(storedQuantity(given)).toBe(kept);
});

test('a number that is always written, times, and what is of another type', () => {
  const lease = (renewTime: unknown) => createdSpec('coordination.k8s.io/v1', 'Lease', { renewTime }).renewTime;
  expect(lease('2026-01-02T03:04:05+01:00')).toBe('2026-01-02T02:04:05Z');
  expect(lease('2026-01-02T03:04:05.123456Z')).toBe('2026-01-02T03:04:05.123456Z');
  expect(lease('later')).toBe('later');
  const env = [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } }];
  const pod = createdSpec('v1', 'Pod', { containers: [{ name: 'a', env }] }).containers as { env: unknown }[];
  expect(pod[0]!.env).toEqual([
    { name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '0' } } },
  ]);
  expect(createdSpec('v1', 'Pod', { containers: 'none', nodeSelector: ['a'] })).toMatchObject({
    containers: 'none',
    nodeSelector: ['a'],
  });
});

test('a label without a value has an empty one, and no key is special', () => {
  const text =
    '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","labels":{"a":null}},"data":{"__proto__":"b"}}';
  const kept = created(JSON.parse(text), VERSION);
  expect(kept.metadata.labels).toEqual({ a: '' });
  expect(JSON.stringify(kept)).toContain('"__proto__":"b"');
});

test('fields that no server knows, and those of the server, are not kept', () => {
  const marked = object('v1', 'ConfigMap', {
    metadata: { name: 'a', uid: 'b', resourceVersion: '1' },
    status: {},
    more: 1,
  });
  expect(created(marked, VERSION)).toEqual(object('v1', 'ConfigMap', { metadata: { name: 'a' } }));
});

/** Fields by the version that keeps them first. */
test.each([
  [
    '1.35',
    [
      'CSIDriverSpec.nodeAllocatableUpdatePeriodSeconds',
      'CSIDriverSpec.serviceAccountTokenInSecrets',
      'Container.restartPolicyRules',
    ],
  ],
  [
    '1.35',
    [
      'EnvVarSource.fileKeyRef',
      'EphemeralContainer.restartPolicyRules',
      'HPAScalingRules.tolerance',
      'PodSpec.hostnameOverride',
      'Volume.image',
    ],
  ],
  [
    '1.36',
    [
      'DeviceClassSpec.extendedResourceName',
      'DeviceConstraint.distinctAttribute',
      'DeviceSubRequest.capacity',
      'DeviceSubRequest.tolerations',
    ],
  ],
  ['1.36', ['ExactDeviceRequest.capacity', 'ExactDeviceRequest.tolerations']],
  [
    '1.37',
    [
      'CSIDriverSpec.preventPodSchedulingIfMissing',
      'RollingUpdateStatefulSetStrategy.maxUnavailable',
      'VolumeProjection.clusterTrustBundle',
      'VolumeProjection.podCertificate',
    ],
  ],
])('since %s: %j', (since, fields) => {
  const before = `1.${Number(since.slice(2)) - 1}`;
  const kept = (version: string) =>
    fields.filter((field) => isServed(...(field.split('.') as [string, string]), version));
  expect([kept(before), kept(since)]).toEqual([[], fields]);
});

test.each([
  [
    'ConfigMapVolumeSource.defaultUser',
    'DeviceSubRequest.derivedAttributes',
    'DownwardAPIVolumeFile.user',
    'DownwardAPIVolumeSource.defaultUser',
  ],
  [
    'EmptyDirVolumeSource.mode',
    'Endpoint.deprecatedTopology',
    'ExactDeviceRequest.derivedAttributes',
    'GRPCAction.mode',
    'HTTPGetAction.protocol',
  ],
  [
    'JobSpec.scheduling',
    'KeyToPath.user',
    'LeaseSpec.preferredHolder',
    'LeaseSpec.strategy',
    'PodSpec.evictionResponders',
    'PodSpec.schedulingGroup',
  ],
  [
    'ProjectedVolumeSource.defaultUser',
    'SecretVolumeSource.defaultUser',
    'ServiceAccountTokenProjection.user',
    'VolumeMount.bindMountOptions',
  ],
])('behind a feature gate: %s, %s, %s, %s ...', (...fields) => {
  expect(fields.filter((field) => isServed(...(field.split('.') as [string, string]), '1.37'))).toEqual([]);
});

test.each([
  ['PodSpec', 'hostnameOverride', '1.34', false],
  ['PodSpec', 'hostnameOverride', '1.35', true],
  ['PodSpec', 'nodeName', '1.34', true],
  ['Lifecycle', 'stopSignal', '1.37', false],
  ['Volume', 'image', '1.34', false],
  ['Volume', 'image', '1.36', true],
  ['RollingUpdateStatefulSetStrategy', 'maxUnavailable', '1.36', false],
  ['RollingUpdateStatefulSetStrategy', 'maxUnavailable', '1.37', true],
])('%s.%s at %s: %s', (struct, field, version, served) => {
  expect(isServed(struct, field, version)).toBe(served);
});

test('what is empty, and what is the same', () => {
  expect([undefined, null, '', 0, false, [], {}].map(isEmpty)).toEqual(Array(7).fill(true));
  expect(['a', 1, true, [0], { a: 0 }].map(isEmpty)).toEqual(Array(5).fill(false));
  expect(isSame({ a: [1, { b: 2 }], c: undefined }, { a: [1, { b: 2 }] })).toBe(true);
  expect(isSame({ a: 1 }, { a: 1, b: undefined })).toBe(true);
  const unlike: [unknown, unknown][] = [
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, {}],
    [{}, { a: 1 }],
    [[1], [1, 2]],
    [[1], { 0: 1 }],
    [null, {}],
    [null, undefined],
    [1, '1'],
  ];
  expect(unlike.map(([a, b]) => isSame(a, b))).toEqual(unlike.map(() => false));
});
