import { applied } from '../../../../review/plan/verdict';
import { deployment, object, VERSION, verdictOf, withSpec } from './objects';

const changes = (before: object, after: object) => applied(deployment(before), deployment(after), VERSION).fields;
const app = (more: object) => ({ containers: [{ name: 'app', image: 'web:1', ...more }] });
const CONTAINER = 'spec.template.spec.containers[0]';

test('a field that is changed, added or removed', () => {
  expect(changes(app({ args: ['a'] }), app({ image: 'web:2', tty: true }))).toEqual([
    { field: `${CONTAINER}.image`, from: 'web:1', to: 'web:2' },
    { field: `${CONTAINER}.tty`, to: true },
    { field: `${CONTAINER}.args`, from: ['a'] },
  ]);
});

test('items with a key by their place in the new object, and what is gone by its old place', () => {
  const env = (...list: object[]) => app({ env: list });
  const before = env({ name: 'A', value: 'a' }, { name: 'B', value: 'b' });
  const after = env({ name: 'C', value: 'c' }, { name: 'B', value: 'x' });
  expect(changes(before, after)).toEqual([
    { field: `${CONTAINER}.env[0]`, to: { name: 'C', value: 'c' } },
    { field: `${CONTAINER}.env[1].value`, from: 'b', to: 'x' },
    { field: `${CONTAINER}.env[0]`, from: { name: 'A', value: 'a' } },
  ]);
  const reversed = env({ name: 'B', value: 'b' }, { name: 'A', value: 'a' });
  expect(changes(before, reversed).map(({ field }) => field)).toEqual([`${CONTAINER}.env`]);
});

test('items without a key by their place, where none was added or removed', () => {
  const policy = (...ports: number[]) =>
    withSpec('networking.k8s.io/v1', 'NetworkPolicy', {
      podSelector: {},
      ingress: [{ ports: ports.map((port) => ({ port })) }],
    });
  expect(verdictOf(policy(80, 81), policy(80, 82)).fields).toEqual(['spec.ingress[0].ports[1].port']);
  expect(verdictOf(policy(80, 81), policy(80)).fields).toEqual(['spec.ingress[0].ports']);
});

test('keys of maps that a path cannot hold', () => {
  const map = (data: object) => object('v1', 'ConfigMap', { data });
  expect(verdictOf(map({ 'a.b': '1' }), map({ 'a.b': '2', c: '' })).fields).toEqual(["data['a.b']", 'data.c']);
});

test.each([
  ['key order', { a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }],
  [
    'equal quantities',
    { limits: [{ type: 'Pod', max: { cpu: '1000m', memory: '1Gi' } }] },
    { limits: [{ type: 'Pod', max: { memory: '1024Mi', cpu: 1 } }] },
  ],
])('%s is no change', (_, before, after) => {
  expect(verdictOf(withSpec('v1', 'LimitRange', before), withSpec('v1', 'LimitRange', after)).verdict).toBe(
    'unchanged',
  );
});

test('the defaults of the server are no change, nor is null', () => {
  const said = {
    ...app({ imagePullPolicy: 'IfNotPresent', resources: {} }),
    restartPolicy: 'Always',
    nodeSelector: {},
    affinity: null,
  };
  expect(verdictOf(deployment({}), deployment(said, { replicas: 1 })).verdict).toBe('unchanged');
  expect(verdictOf(deployment(said, { replicas: 1 }), deployment({})).verdict).toBe('unchanged');
});

test('of what is refused nothing comes', () => {
  const old = deployment({});
  const { live, next, verdict } = applied(old, deployment({}, { selector: { matchLabels: { a: 'b' } } }), VERSION);
  expect(verdict).toBe('refused');
  expect(next).toBe(live);
});
