import { annotationBytesOf, MOST_ANNOTATION_BYTES } from '../../../kube/apply-size';
import { said } from './pods';

const object = (kind: string, metadata: string, apiVersion = 'v1') =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { ${metadata} } }`;
const long = (length: number) => 'a'.repeat(length);

test.each([
  ['ConfigMap', 'a.b-c', true],
  ['ConfigMap', long(253), true],
  ['ConfigMap', long(254), false],
  ['ConfigMap', 'A', false],
  ['ConfigMap', 'a.-b', false],
  ['Service', 'a.b', false],
  ['Service', '1a', false],
  ['Service', long(63), true],
  ['Service', long(64), false],
  ['Namespace', 'a.b', false],
])('the name of a %s: %s', (kind, name, valid) => {
  expect(said(object(kind, `name: '${name}'`), 'metadata')).toEqual(valid ? [] : ['error metadata/name metadata.name']);
});

test.each([
  ['RoleBinding', 'system:A_b c', 'rbac.authorization.k8s.io/v1', true],
  ['ClusterRole', 'a/b', 'rbac.authorization.k8s.io/v1', false],
  ['StatefulSet', 'a.b', 'apps/v1', false],
  ['Deployment', 'a.b', 'apps/v1', true],
  ['Widget', 'A', 'example.com/v1', false],
])('the name of a %s: %s', (kind, name, apiVersion, valid) => {
  const found = said(object(kind, `name: '${name}'`, apiVersion), 'metadata');
  expect(found).toEqual(valid ? [] : ['error metadata/name metadata.name']);
});

test('from 1.36 on a Service may begin with a digit', () => {
  expect(said(object('Service', 'name: 1a'), 'metadata', '1.36')).toEqual([]);
});

test('namespaces are labels', () => {
  expect(said(object('ConfigMap', 'name: a, namespace: a.b'), 'metadata')).toEqual([
    'error metadata/name metadata.namespace',
  ]);
});

test.each([
  ['a', 'b_c.D-e', true],
  ['a.b/c', '', true],
  ['a', long(64), false],
  ['a', '-b', false],
  ['a', 'b/c', false],
  ['A.b/c', 'd', false],
  ['a/b/c', 'd', false],
  ['', 'd', false],
  [long(64), 'd', false],
  ['/b', 'd', false],
])('label %s=%s', (key, value, valid) => {
  expect(said(object('ConfigMap', `name: a, labels: { '${key}': '${value}' }`), 'metadata')).toHaveLength(
    valid ? 0 : 1,
  );
});

test.each([
  ['a', true],
  ['A.b/C_d', true],
  ['a/b/c', false],
  ['a b', false],
  [`a/${long(64)}`, false],
])('annotation %s', (key, valid) => {
  expect(said(object('ConfigMap', `name: a, annotations: { '${key}': '-' }`), 'metadata')).toHaveLength(valid ? 0 : 1);
});

test('labels of templates, claims, selectors and node selectors', () => {
  const set = `
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: { name: a, namespace: default }
    spec:
      selector: { matchLabels: { a: 'b c' } }
      template:
        metadata: { labels: { a: 'b c' }, annotations: { 'x y': z } }
        spec: { nodeSelector: { d: 'e f' }, containers: [{ name: c, image: 'c:1' }] }
      volumeClaimTemplates: [{ metadata: { name: v, labels: { g: 'h i' } }, spec: { accessModes: [ReadWriteOnce] } }]
  `;
  expect(said(set, 'metadata')).toEqual([
    // the selector has the same
    "error metadata/annotations spec.template.metadata.annotations['x y']",
    'error metadata/labels spec.template.metadata.labels.a',
    'error metadata/labels spec.volumeClaimTemplates[0].metadata.labels.g',
    'error metadata/labels spec.template.spec.nodeSelector.d',
  ]);
});

test.each([
  ['plain text', 'x', 261_880],
  ['text that grows when it is written', '<', 43_650],
  ['more bytes than characters', '€', 87_300],
  ['line feeds', '\n', 130_950],
])('the size of %s', (_, character, most) => {
  const map = (count: number) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace: 'default' },
    data: { a: character.repeat(count) },
  });
  const bytes = annotationBytesOf(map(most));
  expect(bytes).toBeLessThanOrEqual(MOST_ANNOTATION_BYTES);
  expect(bytes).toBeGreaterThan(MOST_ANNOTATION_BYTES - 800);
  const text = (count: number) => JSON.stringify(map(count));
  expect(said(text(most), 'objects')).toEqual([]);
  expect(said(text(most + 800), 'objects')).toEqual(['error objects/too-large metadata.annotations']);
});

test('a large definition and a large annotation count as well', () => {
  const crd = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'a.b' },
    spec: { group: long(270_000) },
  };
  expect(said(JSON.stringify(crd), 'objects')).toEqual(['warning objects/too-large metadata.annotations']);
  // it is written twice: as it is, and in what was applied last
  const annotated = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', annotations: { a: long(140_000) } } };
  expect(said(JSON.stringify(annotated), 'objects')).toEqual(['error objects/too-large metadata.annotations']);
});

const service = (ports: string, more = '') =>
  `{ apiVersion: v1, kind: Service, metadata: { name: a }, spec: { ${more} ports: [${ports}] } }`;
test.each([
  ['none', service(''), ['spec.ports']],
  ['none of a headless one', service('', 'clusterIP: None,'), []],
  ['one number of two protocols', service('{ name: a, port: 53 }, { name: b, port: 53, protocol: UDP }'), []],
  ['one without a name of two', service('{ port: 80 }, { name: b, port: 81 }'), ['spec.ports[0].name']],
  ['one name twice', service('{ name: b, port: 80 }, { name: b, port: 81 }'), ['spec.ports[1].name']],
  ['a range', service('{ port: 99999 }'), ['spec.ports[0].port']],
])('ports of a Service: %s', (_, yaml, fields) => {
  expect(said(yaml, 'objects')).toEqual(fields.map((field) => `error objects/service-ports ${field}`));
});
