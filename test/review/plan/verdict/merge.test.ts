import type { Manifest } from '../../../../kube/objects';
import { applied } from '../../../../review/plan/verdict';
import { merged } from '../../../../review/plan/verdict/merge';
import { deployment, object, VERSION, verdictOf, withSpec } from './objects';

const next = (old: Manifest, manifest: Manifest) => applied(old, manifest, VERSION).next;
// biome-ignore lint/suspicious/noExplicitAny: tests look into what they wrote
const podAfter = (before: object, after: object): any => {
  const { template } = next(deployment(before), deployment(after)).spec as { template: { spec: unknown } };
  return template.spec;
};
const app = (more: object) => ({ containers: [{ name: 'app', image: 'web:1', ...more }] });

test('what the manifest no longer says goes back to its default', () => {
  expect(podAfter({ dnsPolicy: 'None', hostNetwork: true }, {})).toMatchObject({ dnsPolicy: 'ClusterFirst' });
  expect(podAfter({ hostNetwork: true }, {})).not.toHaveProperty('hostNetwork');
  const { spec } = next(deployment({}, { replicas: 5 }), deployment({}));
  expect(spec!.replicas).toBe(1);
});

test('what others wrote stays', () => {
  const live = { a: 1, b: { c: 1, d: 1 }, e: [1] };
  expect(merged({ b: { d: 1 } }, { b: {}, f: null, g: undefined }, live, undefined)).toEqual({
    a: 1,
    b: { c: 1 },
    e: [1],
  });
  expect(merged({}, { a: null, h: { i: null, j: 1 } }, live, undefined)).toEqual({
    b: { c: 1, d: 1 },
    e: [1],
    h: { j: 1 },
  });
  expect(merged({}, { b: 1, a: { k: 1 }, e: [2] }, live, undefined)).toEqual({ a: { k: 1 }, b: 1, e: [2] });
});

test('lists with a key are merged item by item, in the order of the manifest', () => {
  const env = (...names: string[]) => app({ env: names.map((name) => ({ name, value: name })) });
  expect(podAfter(env('A', 'B', 'C'), env('C', 'D', 'A')).containers[0].env).toEqual([
    { name: 'C', value: 'C' },
    { name: 'D', value: 'D' },
    { name: 'A', value: 'A' },
  ]);
  const from = app({ env: [{ name: 'A', value: 'a' }] });
  const to = app({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] });
  expect(podAfter(from, to).containers[0].env).toEqual([
    { name: 'A', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
  ]);
  expect(podAfter({ tolerations: [{ key: 'a' }] }, { tolerations: [{ key: 'b' }] }).tolerations).toEqual([
    { key: 'b' },
  ]);
});

test('of a volume and of a strategy only what the manifest says stays', () => {
  const volumes = (source: object) => ({ volumes: [{ name: 'a', ...source }] });
  expect(podAfter(volumes({}), volumes({ secret: { secretName: 'b' } })).volumes).toEqual([
    { name: 'a', secret: { secretName: 'b', defaultMode: 420 } },
  ]);
  const recreated = next(deployment({}), deployment({}, { strategy: { type: 'Recreate' } })).spec!;
  expect(recreated.strategy).toEqual({ type: 'Recreate' });
  const same = next(deployment({}), deployment({}, { strategy: { type: 'RollingUpdate' }, replicas: 2 })).spec!;
  expect(same.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } });
});

test('the selector of a budget is replaced', () => {
  const budget = (selector: object) => withSpec('policy/v1', 'PodDisruptionBudget', { selector });
  const { spec } = next(
    budget({ matchLabels: { a: 'b' } }),
    budget({ matchExpressions: [{ key: 'a', operator: 'Exists' }] }),
  );
  expect(spec).toEqual({ selector: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } });
});

test('values of a list that is merged: those of the server stay where they were', () => {
  const claim = (...finalizers: string[]) => ({
    ...withSpec('v1', 'PersistentVolumeClaim', {}),
    metadata: { name: 'web', finalizers },
  });
  expect(next(claim('a/a', 'a/b'), claim('a/c', 'a/b')).metadata.finalizers).toEqual([
    'a/c',
    'a/b',
    'kubernetes.io/pvc-protection',
  ]);
  const type = { kind: 'list', of: { kind: 'string' } } as const;
  expect(merged(['b'], ['c', 'd'], ['a', 'b', 'c'], type, { key: '' })).toEqual(['a', 'c', 'd']);
});

test('items of the server stay among those of the manifest', () => {
  const list = (...names: string[]) => names.map((name) => ({ name }));
  const of = (was: string[], is: string[], now: string[]) =>
    (merged(list(...was), list(...is), list(...now), undefined, { key: 'name' }) as { name: string }[])
      .map(({ name }) => name)
      .join('');
  expect(of(['a', 'b'], ['b', 'c'], ['x', 'a', 'y', 'b', 'z'])).toBe('xybcz');
  expect(of([], ['a'], ['x'])).toBe('ax');
});

test('a list that lacks a key cannot be merged', () => {
  const account = (secrets: object[]) => object('v1', 'ServiceAccount', { secrets });
  expect(applied(account([{ name: 'a' }]), account([{ name: 'a' }, {}]), VERSION)).toMatchObject({
    verdict: 'refused',
    refusals: [{ field: 'name', reason: 'kubectl merges lists by it, and an item lacks it' }],
  });
  expect(verdictOf(account([{ name: 'a' }]), account([])).verdict).toBe('updated');
});

test('two ports of one number are one to kubectl', () => {
  const ports = (...list: object[]) => app({ ports: list });
  const [tcp, udp] = [
    { name: 'a', containerPort: 53 },
    { name: 'b', containerPort: 53, protocol: 'UDP' },
  ];
  const after = (before: object, now: object) => podAfter(before, now).containers[0].ports;
  expect(after(ports(tcp), ports(tcp, udp))).toEqual([{ name: 'a', containerPort: 53, protocol: 'UDP' }]);
  expect(after(ports(tcp, udp), ports(udp))).toBeUndefined();
  expect(after(ports(tcp, udp), ports(tcp))).toEqual([{ name: 'a', containerPort: 53, protocol: 'TCP' }]);
  expect(after(ports(tcp, udp), ports(tcp, udp, { name: 'c', containerPort: 80 }))).toHaveLength(3);
});

test('of a custom resource lists are replaced', () => {
  const thing = (spec: object) => withSpec('example.com/v1', 'Thing', spec);
  const { fields, next: after } = applied(thing({ a: [{ name: 'b' }], c: 1 }), thing({ a: [{ name: 'c' }] }), VERSION);
  expect(after).toEqual(thing({ a: [{ name: 'c' }] }));
  expect(fields.map(({ field }) => field)).toEqual(['spec.a[0].name', 'spec.c']);
});

test('a namespace keeps the finalizers of its content, and a Secret its type', () => {
  const space = (spec?: object) => object('v1', 'Namespace', spec ? { spec } : {});
  expect(verdictOf(space(), space({ finalizers: ['other'] })).verdict).toBe('unchanged');
});

test('another version of the group is the same object', () => {
  const route = (version: string) =>
    withSpec(`gateway.networking.k8s.io/${version}`, 'HTTPRoute', { hostnames: ['a'] });
  expect(verdictOf(route('v1beta1'), route('v1')).verdict).toBe('unchanged');
  const scaler = (version: string, spec: object) =>
    withSpec(`autoscaling/${version}`, 'HorizontalPodAutoscaler', { maxReplicas: 5, ...spec });
  const metrics = (averageUtilization: number) => ({
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } }],
  });
  const first = scaler('v1', { targetCPUUtilizationPercentage: 70 });
  expect(verdictOf(first, scaler('v2', metrics(70))).verdict).toBe('unchanged');
  expect(verdictOf(first, scaler('v2', metrics(60))).fields).toEqual([
    'spec.metrics[0].resource.target.averageUtilization',
  ]);
  expect(verdictOf(scaler('v1', {}), scaler('v2', metrics(80))).verdict).toBe('unchanged');
});
