import { Mesh } from 'cdk8s-eks-patterns';
import type { Manifest } from '../../kube/objects';
import { podSetsOf } from '../../simulator/pod-sets';
import { newCluster, newTenant, web } from '../support/app';
import { applied, daemonSet, deployment, GROUP, report, told } from './support';

const policy = (spec: object, namespace = 'shop') =>
  ({
    apiVersion: 'vpcresources.k8s.aws/v1beta1',
    kind: 'SecurityGroupPolicy',
    metadata: { name: 'groups', namespace },
    spec: { securityGroups: { groupIds: ['sg-0123456789abcdef0'] }, ...spec },
  }) as unknown as Manifest;
const ofWeb = policy({ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } } });
const account = (labels: object) =>
  ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web', namespace: 'shop', labels } }) as Manifest;
const small = { cpu: '1m', memory: '1Mi' };

describe('branch interfaces', () => {
  test('each pod with security groups takes one; an m5.large has nine', () => {
    expect(applied([deployment({ ...small, replicas: 27 }), ofWeb]).verdict).toBe('fits');
    const [verdict, without] = [[ofWeb], []].map((more) => applied([deployment({ ...small, replicas: 28 }), ...more]));
    expect(told(verdict!)).toEqual(['shop/web 1: branch interfaces']);
    expect(without!.verdict).toBe('fits');
  });

  test('nodes of types without any give none, and others beside them do', () => {
    const burstable = { ...GROUP, name: 'burstable', instanceType: 't3.large' };
    const objects = [deployment({ ...small, replicas: 3 }), ofWeb];
    expect(told(report(objects, [burstable]).verdict('as applied', 'desired')!)).toEqual([
      'shop/web 3: branch interfaces',
    ]);
    expect(report(objects, [burstable, GROUP]).verdict('as applied', 'desired')!.verdict).toBe('fits');
    expect(String(report(objects, [burstable]))).toMatch(/no place for 3 of shop\/web \(branch interfaces\)/);
  });

  test.each([
    ['pods that it selects', ofWeb, 1],
    ['pods of another name', policy({ podSelector: { matchLabels: { app: 'other' } } }), 0],
    ['pods of another namespace', policy({ podSelector: { matchLabels: {} } }, 'other'), 0],
    ['every pod', policy({ podSelector: {} }), 1],
    ['no pod', policy({}), 0],
    ['pods by their account', policy({ serviceAccountSelector: { matchLabels: { tier: 'db' } } }), 1],
    ['pods by another account', policy({ serviceAccountSelector: { matchLabels: { tier: 'web' } } }), 0],
    [
      'pods by both, of which one differs',
      policy({
        podSelector: { matchLabels: { app: 'other' } },
        serviceAccountSelector: { matchLabels: { tier: 'db' } },
      }),
      0,
    ],
  ])('a policy for %s', (_, groups, count) => {
    const pods = deployment({ spec: { serviceAccountName: 'web' } });
    const [set] = podSetsOf([pods, account({ tier: 'db' }), groups]);
    expect(set!.asks.branchInterfaces).toBe(count);
  });

  test('pods on the network of the node and on Windows take none; one that asks by itself takes it', () => {
    const asks = (props: object) => podSetsOf([deployment(props), ofWeb])[0]!.asks.branchInterfaces;
    expect(asks({})).toBe(1);
    expect(asks({ spec: { hostNetwork: true } })).toBe(0);
    expect(asks({ spec: { os: { name: 'windows' } } })).toBe(0);
    const limits = { 'vpc.amazonaws.com/pod-eni': '1' };
    expect(podSetsOf([deployment({ container: { resources: { limits } } })])[0]!.asks.branchInterfaces).toBe(1);
  });

  test('of a workload with securityGroups', () => {
    const cluster = newCluster();
    const tenant = newTenant({}, cluster);
    web({ securityGroups: ['sg-0123456789abcdef0'], replicas: 2 }, tenant);
    web({}, tenant, 'other');
    expect(cluster.capacity().asked.asApplied.branchInterfaces).toBe(2);
  });
});

describe('proxies of a mesh', () => {
  const namespace = (labels: object) =>
    ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } }) as Manifest;
  const cpu = (labels: object, props: object = {}) =>
    podSetsOf([namespace(labels), deployment({ cpu: '200m', ...props })])[0]!.asks.cpu;

  test('are counted with the pods of a namespace that gets them', () => {
    expect(cpu({})).toBe(200);
    expect(cpu({ 'istio-injection': 'enabled' })).toBe(300);
    expect(cpu({ 'istio.io/rev': 'stable' })).toBe(300);
    expect(cpu({ 'istio-injection': 'disabled', 'istio.io/rev': 'stable' })).toBe(200);
    expect(cpu({ 'istio.io/dataplane-mode': 'ambient' })).toBe(200);
  });

  test('have the size of their annotations, and pods can be left out', () => {
    const meshed = { 'istio-injection': 'enabled' };
    expect(cpu(meshed, { labels: { 'sidecar.istio.io/inject': 'false' } })).toBe(200);
    const [set] = podSetsOf([namespace(meshed), daemonSet({ cpu: '200m', spec: { hostNetwork: true } })]);
    expect(set!.asks.cpu).toBe(200);
  });

  test('of a tenant take room on the nodes', () => {
    const asked = (mesh: object) => {
      const cluster = newCluster();
      web({ replicas: 2 }, newTenant(mesh, cluster));
      return cluster.capacity().asked.asApplied;
    };
    const [plain, meshed] = [asked({}), asked({ mesh: Mesh.istio({ mode: 'sidecar' }) })];
    expect(meshed.cpu - plain.cpu).toBe(200);
    expect(meshed.memory - plain.memory).toBe(256);
  });
});
