import { formProblems } from '../../kube/form-problems';
import type { Manifest } from '../../kube/objects';
import { Seen } from '../../kube/of-shape';
import { stripInvalid } from '../../kube/strip-invalid';

const object = (apiVersion: string, kind: string, more: object): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: 'web' },
  ...more,
});
const pod = (spec: object) => object('v1', 'Pod', { spec });
const fieldsOf = (manifest: Manifest) => stripInvalid(manifest).problems.map(({ field }) => field);

test('a valid manifest is the same object, unknown fields included', () => {
  const manifests = [
    pod({ containers: [{ name: 'a', image: 'a', unknown: [1, { b: true }] }], other: 'x' }),
    object('v1', 'Service', {
      spec: {
        ports: [
          { port: 80, targetPort: 'http' },
          { port: 81, targetPort: 81 },
        ],
      },
    }),
    object('example.com/v1', 'Thing', { spec: 'x', list: [[]] }),
    object('apps/v1', 'StatefulSet', {
      spec: { volumeClaimTemplates: [{ metadata: { name: 'a' }, spec: { resources: { requests: { storage: 1 } } } }] },
    }),
  ];
  for (const manifest of manifests) {
    const stripped = stripInvalid(manifest);
    expect(stripped.manifest).toBe(manifest);
    expect(stripped.problems).toEqual([]);
  }
});

test.each<[string, Manifest, string]>([
  ['a string that is a number', pod({ containers: [{ name: 1 }] }), 'spec.containers[0].name'],
  ['a number that is a string', object('apps/v1', 'Deployment', { spec: { replicas: '3' } }), 'spec.replicas'],
  ['a number that is not finite', object('apps/v1', 'Deployment', { spec: { replicas: Number.NaN } }), 'spec.replicas'],
  ['a boolean that is a string', pod({ hostNetwork: 'true' }), 'spec.hostNetwork'],
  ['a list that is a string', pod({ containers: 'web' }), 'spec.containers'],
  ['a list that is an object', pod({ containers: { web: {} } }), 'spec.containers'],
  ['an item of a list', pod({ containers: ['web'] }), 'spec.containers[0]'],
  ['an item that is null', pod({ containers: [null] }), 'spec.containers[0]'],
  ['an object that is a list', pod({ affinity: [] }), 'spec.affinity'],
  ['an object that is a string', object('v1', 'Pod', { spec: 'x' }), 'spec'],
  [
    'a quantity',
    pod({ containers: [{ resources: { requests: { cpu: true } } }] }),
    'spec.containers[0].resources.requests.cpu',
  ],
  ['a port', object('v1', 'Service', { spec: { ports: [{ targetPort: {} }] } }), 'spec.ports[0].targetPort'],
  ['a value of a map', object('v1', 'ConfigMap', { data: { 'a.b': 1 } }), "data['a.b']"],
  [
    'an embedded object',
    object('apps/v1', 'StatefulSet', { spec: { volumeClaimTemplates: [{ spec: { accessModes: 'x' } }] } }),
    'spec.volumeClaimTemplates[0].spec.accessModes',
  ],
  ['a custom resource', object('karpenter.sh/v1', 'NodePool', { spec: { weight: 'x' } }), 'spec.weight'],
])('%s is dropped', (_, manifest, field) => {
  const before = structuredClone(manifest);
  expect(fieldsOf(manifest)).toEqual([field]);
  expect(manifest).toEqual(before);
  // what is kept is valid
  const { manifest: kept } = stripInvalid(manifest);
  expect(stripInvalid(kept)).toMatchObject({ manifest: kept, problems: [] });
});

test('nulls are dropped wherever they stand, and the rest is kept', () => {
  const given = pod({ containers: [{ name: 'a', env: null, args: ['x', null] }], other: { a: null, b: [null, 1] } });
  const { manifest, problems } = stripInvalid(given);
  expect(problems).toEqual([]);
  expect(manifest.spec).toEqual({ containers: [{ name: 'a', args: ['x'] }], other: { b: [1] } });
});

test('a key called __proto__ stays a key', () => {
  const { manifest } = stripInvalid(object('v1', 'ConfigMap', { data: JSON.parse('{"__proto__": "x", "a": 1}') }));
  const { data } = manifest as Manifest & { data: object };
  expect(Object.entries(data)).toEqual([['__proto__', 'x']]);
  expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
});

test('what contains itself, or is nested without end, is dropped', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic.a = { b: cyclic, c: cyclic };
  expect(fieldsOf(pod({ other: cyclic }))).toEqual(['spec.other.a.b', 'spec.other.a.c']);
  let deep: unknown = 1;
  for (let i = 0; i < 10_000; i++) {
    deep = [deep];
  }
  expect(fieldsOf(pod({ other: deep }))).toHaveLength(1);
});

test.each([
  ['a version that is not known', 'networking.k8s.io/v9'],
  ['another group', 'networking.internal.knative.dev/v1alpha1'],
  ['no version at all', 'text'],
])('%s: what rules could not read of a kind of this name is dropped without a finding', (_, apiVersion) => {
  const manifest = object(apiVersion, 'Ingress', { spec: { rules: { a: 1 }, own: { list: [] } } });
  const stripped = stripInvalid(manifest);
  expect(stripped.manifest).toEqual({ ...manifest, spec: { own: { list: [] } } });
  expect(stripped.problems).toEqual([]);
});

describe('what the walk has met', () => {
  const SPREAD = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' };
  const selector = { matchExpressions: [{ key: 'app', operator: 'Exists' }] };
  test.each([
    ['all known', { containers: [{ name: 'a', image: 'a:1' }] }, true, false],
    ['an unknown field', { containers: [{ name: 'a', imag: 'a:1' }] }, false, false],
    ['a missing field', { containers: [{ image: 'a:1' }] }, false, false],
    ['an unknown value', { containers: [{ name: 'a' }], dnsPolicy: 'Clusterfirst' }, false, false],
    [
      'a requirement',
      { containers: [], topologySpreadConstraints: [{ ...SPREAD, labelSelector: selector }] },
      true,
      true,
    ],
  ])('%s', (_, spec, conforms, hasExpressions) => {
    const manifest = pod(spec);
    expect(stripInvalid(manifest)).toMatchObject({ conforms, hasExpressions });
    expect(formProblems(manifest).length === 0).toBe(conforms);
  });

  test.each([
    ['that fit', [{ key: 'app', operator: 'Exists' }], true],
    [
      'of which the second does not fit',
      [
        { key: 'app', operator: 'Exists' },
        { key: 'tier', operator: 'In' },
      ],
      false,
    ],
    ['of an unknown operator', [{ key: 'app', operator: 'Is', values: [1] }], true],
  ])('requirements %s', (_, matchExpressions, expressionsFit) => {
    expect(stripInvalid(pod({ other: { matchExpressions } }))).toMatchObject({ hasExpressions: true, expressionsFit });
  });

  test('labels that several objects share are counted in each', () => {
    const labels = { 'app.kubernetes.io/name': 'web'.repeat(20), 'app.kubernetes.io/instance': 'shop'.repeat(20) };
    const manifest = { ...pod({ containers: [] }), metadata: { name: 'web', labels } };
    const seen = new Seen();
    const { size } = stripInvalid(manifest);
    expect([1, 2].map(() => stripInvalid(manifest, seen).size)).toEqual([size, size]);
  });
});
