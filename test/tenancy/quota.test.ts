import { ApiObject, Chart } from 'cdk8s';
import { type Cluster, Expose, SharedVolume } from 'cdk8s-eks-patterns';
import {
  agent,
  appOf,
  existingCluster,
  job,
  newApp,
  newAutoCluster,
  newCluster,
  newTenant,
  scheduled,
  stateful,
  synth,
  web,
} from '../support/app';
import { CUSTOM_CASES, customManifest } from '../support/custom-workloads';
import { refusedBy } from '../support/findings';

type Tenant = ReturnType<typeof newTenant>;
const hardOf = (tenant: Tenant) => tenant.resourceQuota!.toJson().spec!.hard!;
/** The quota of a tenant with these workloads; each pod asks for 250m, 512Mi and 1Gi of storage. */
const quota = (fill: (tenant: Tenant) => unknown, tenant = newTenant()) => {
  fill(tenant);
  return hardOf(tenant);
};
const ofClass = (name: string) => `${name}.storageclass.storage.k8s.io/requests.storage`;
const podsOf = (fill: (tenant: Tenant) => unknown, tenant?: Tenant) => quota(fill, tenant).pods;

describe('the computed quota holds every workload at its maximum, its surge, and as many again terminating', () => {
  it.each([
    ['a fixed Deployment: 2 + 1 of surge', (t: Tenant) => web({}, t), '6'],
    ['an autoscaled one: 10 + 3', (t: Tenant) => web({ replicas: { min: 2, max: 10 } }, t), '26'],
    ['a surge by number', (t: Tenant) => web({ replicas: 3, rollout: { maxSurge: 2 } }, t), '10'],
    ['a surge of all', (t: Tenant) => web({ replicas: 3, rollout: { maxSurge: '100%' } }, t), '12'],
    ['no surge', (t: Tenant) => web({ rollout: { maxSurge: 0, maxUnavailable: 1 } }, t), '4'],
    ['recreate: no surge', (t: Tenant) => web({ rollout: { strategy: 'recreate' } }, t), '4'],
    ['a StatefulSet of 3', (t: Tenant) => stateful({ replicas: 3 }, t), '6'],
    ['an agent on the 6 nodes that there may be', (t: Tenant) => agent({}, t), '12'],
    ['a Job', (t: Tenant) => job({}, t), '2'],
    ['a Job of 4 at once', (t: Tenant) => job({ parallelism: 4, completions: 8 }, t), '8'],
    ['a CronJob that never overlaps', (t: Tenant) => scheduled({}, t), '2'],
    ['a CronJob that replaces', (t: Tenant) => scheduled({ overlap: 'Replace' }, t), '4'],
    ['a CronJob that overlaps', (t: Tenant) => scheduled({ overlap: 'Allow' }, t), '6'],
    ['nothing', () => undefined, '0'],
  ])('%s', (_what, fill, pods) => {
    expect(podsOf(fill)).toBe(pods);
  });

  it.each([
    ['JobSet', '18'],
    ['LeaderWorkerSet', '16'],
    ['RayCluster', '14'],
    ['PyTorchJob', '8'],
  ])('a %s, in all its templates', (kind, pods) => {
    const one = CUSTOM_CASES.find((known) => known.kind.endsWith(`/${kind}`))!;
    const { metadata, ...manifest } = customManifest(one, { spec: { containers: [{ name: 'a', image: 'a:1' }] } });
    expect(podsOf((t) => new ApiObject(t, metadata.name, manifest))).toBe(pods);
  });

  it('in every resource, without a limit of CPU', () => {
    expect(quota((t) => web({}, t))).toEqual({
      pods: '6',
      'requests.cpu': '1500m',
      'requests.memory': '3Gi',
      'limits.memory': '3Gi',
      'requests.ephemeral-storage': '6Gi',
      persistentvolumeclaims: '0',
      'requests.storage': '0',
      'services.loadbalancers': '0',
      'services.nodeports': '0',
    });
  });

  it('adds them up', () => {
    const all = quota((t) => [web({}, t), stateful({ replicas: 3 }, t), job({}, t)]);
    expect(all).toMatchObject({ pods: '14', 'requests.cpu': '3500m', persistentvolumeclaims: '6' });
  });

  it.each([
    ['a load balancer without node ports', { expose: Expose.nlb({ scheme: 'internal' }) }, '2', '0'],
    ['a node port', { expose: Expose.nodePort() }, '0', '2'],
    ['an ALB, which is an Ingress', { expose: Expose.alb({ scheme: 'internal', host: 'a.example.com' }) }, '0', '0'],
  ])('counts %s, and as many again for a rename', (_what, props, balancers, nodePorts) => {
    expect(quota((t) => web(props, t))).toMatchObject({
      'services.loadbalancers': balancers,
      'services.nodeports': nodePorts,
    });
  });

  it('counts the node ports that a load balancer of a raw Service allocates', () => {
    const service = (spec: object) => (t: Tenant) =>
      new ApiObject(t, 'Raw', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'raw' }, spec });
    const ports = [{ port: 80 }, { port: 443 }];
    expect(quota(service({ type: 'LoadBalancer', ports }))).toMatchObject({
      'services.loadbalancers': '2',
      'services.nodeports': '4',
    });
    expect(quota(service({ type: 'NodePort' }))).toMatchObject({ 'services.nodeports': '0' });
  });

  it('counts limits apart from requests', () => {
    const resources = { cpu: '100m', memory: '256Mi', memoryLimit: '1Gi' };
    expect(quota((t) => job({ resources }, t))).toMatchObject({ 'requests.memory': '512Mi', 'limits.memory': '2Gi' });
  });

  it('counts claims twice: the ones of members that are gone stay, and one that grows is judged by the quota of before', () => {
    const storage = [
      { mountPath: '/a', size: '20Gi' },
      { mountPath: '/b', size: '5Gi', name: 'wal' },
    ];
    expect(quota((t) => stateful({ replicas: 3, storage }, t))).toMatchObject({
      persistentvolumeclaims: '12',
      'requests.storage': '150Gi',
    });
    const sharedStorage = { mountPath: '/a', size: '7Gi' };
    expect(quota((t) => job({ sharedStorage }, t))).toMatchObject({
      persistentvolumeclaims: '2',
      'requests.storage': '14Gi',
    });
  });

  it('counts storage by class, nothing for the other classes of the cluster', () => {
    const tenant = newTenant();
    (tenant.node.scope as Cluster).storageClass('own');
    const storage = [
      { mountPath: '/a', size: '20Gi' },
      { mountPath: '/b', size: '5Gi', name: 'wal', className: 'own' },
    ];
    const hard = quota((t) => [stateful({ replicas: 3, storage }, t), job({ sharedStorage: storage[1] }, t)], tenant);
    expect(Object.fromEntries(Object.entries(hard).filter(([name]) => name.includes('storage')))).toEqual({
      'requests.ephemeral-storage': '8Gi',
      'requests.storage': '160Gi',
      [ofClass('gp3')]: '0',
      [ofClass('gp3-retain')]: '120Gi',
      [ofClass('own')]: '40Gi',
    });
  });

  it('does not count the classes of volumes that another tenant shares', () => {
    const tenant = newTenant();
    const other = newTenant({}, tenant.node.scope as Tenant, 'press');
    const files = SharedVolume.efs(other, 'files', { fileSystem: 'fs-0123456789abcdef0' });
    web({ mounts: { '/a': files } }, other);
    const classes = (of: Tenant) => Object.keys(hardOf(of)).filter((name) => name.includes('storageclass'));
    stateful({}, tenant);
    expect(classes(tenant)).toEqual([ofClass('gp3-retain'), ofClass('gp3')]);
    expect(classes(other)).toEqual([ofClass('gp3-retain'), ofClass('gp3'), ofClass('press-files')]);
  });

  it('leaves the classes out where a claim has that of the cluster, or there are no claims', () => {
    const claim = (spec: object) => (t: Tenant) => {
      stateful({}, t);
      new ApiObject(t, 'Raw', { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'raw' }, spec });
    };
    const resources = { requests: { storage: '1Gi' } };
    const classes = (fill: (t: Tenant) => unknown) =>
      Object.keys(quota(fill)).filter((name) => name.includes('storageclass'));
    expect(classes(claim({ resources }))).toEqual([]);
    expect(classes((t) => web({}, t))).toEqual([]);
    const ephemeral = { volumeClaimTemplate: { spec: { resources } } };
    const volumes = [{ volume: { name: 'cache', ephemeral }, mountPath: '/cache' }];
    expect(classes((t) => [stateful({}, t), job({ volumes }, t)])).toEqual([]);
    // of no class at all: a volume that exists
    expect(classes(claim({ resources, storageClassName: '', volumeName: 'a' }))).toHaveLength(2);
  });

  it('counts sidecars with the container, and of init containers only what exceeds them', () => {
    const container = (name: string, cpu: string) => ({
      name,
      image: 'helper:1.0.0',
      resources: { requests: { cpu, memory: '1Mi' }, limits: { memory: '1Mi' } },
    });
    const cpu = (props: Readonly<Record<string, unknown>>) => quota((t) => job(props, t))['requests.cpu'];
    expect(cpu({ sidecars: [container('side', '50m')] })).toBe('600m');
    expect(cpu({ initContainers: [container('first', '200m')] })).toBe('500m');
    expect(cpu({ initContainers: [container('first', '1'), container('second', '2')] })).toBe('4');
  });

  it('counts an init container beside the sidecars that started before it', () => {
    const container = (name: string, cpu: string) => ({
      name,
      image: 'helper:1.0.0',
      resources: { requests: { cpu, memory: '1Mi' }, limits: { memory: '1Mi' } },
    });
    const props = { sidecars: [container('side', '500m')], initContainers: [container('first', '1')] };
    expect(quota((t) => job(props, t))['requests.cpu']).toBe('3');
  });

  it('writes for containers without requests what the LimitRange has', () => {
    const tenant = newTenant();
    job({ sidecars: [{ name: 'side', image: 'helper:1.0.0' }] }, tenant);
    const { defaultRequest } = tenant.limitRange.toJson().spec!.limits.find((l) => l.type === 'Container')!;
    expect(defaultRequest).toMatchObject({ cpu: '100m', memory: '256Mi' });
    expect(hardOf(tenant)).toMatchObject({ 'requests.cpu': '700m', 'requests.memory': '1536Mi' });
  });

  it('counts raw workloads of the namespace, also of a chart beside', () => {
    const spec = {
      replicas: 4,
      selector: {},
      template: { spec: { containers: [{ name: 'c', resources: { requests: { cpu: '1' } } }] } },
    };
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'raw' }, spec };
    const inside = newTenant();
    new ApiObject(inside, 'Raw', deployment);
    expect(hardOf(inside)).toMatchObject({ pods: '10', 'requests.cpu': '10' });

    const beside = newTenant();
    new ApiObject(new Chart(appOf(beside), 'plain', { namespace: 'shop' }), 'Raw', deployment);
    expect(hardOf(beside)).toMatchObject({ pods: '10' });
  });

  it('counts a raw ReplicaSet, and not a kind of another API group', () => {
    const spec = { replicas: 4, selector: {}, template: { spec: { containers: [{ name: 'c' }] } } };
    const raw = (apiVersion: string, kind: string) => (tenant: Tenant) =>
      new ApiObject(tenant, 'Raw', { apiVersion, kind, metadata: { name: 'raw' }, ...{ spec } });
    expect(podsOf(raw('apps/v1', 'ReplicaSet'))).toBe('8');
    expect(podsOf(raw('apps.example.com/v1', 'Deployment'))).toBe('0');
  });

  it('counts what an edit makes of a workload', () => {
    const customize = {
      deployment: (d: { spec: { replicas?: number } }) => {
        d.spec.replicas = 20;
      },
    };
    expect(podsOf((t) => web({ customize }, t))).toBe('50');
  });

  it('does not count another tenant', () => {
    const tenant = newTenant();
    web({}, newTenant({}, tenant.node.scope as Tenant, 'other'));
    expect(hardOf(tenant).pods).toBe('0');
  });
});

describe('where the number of nodes is unknown', () => {
  it.each([
    ['in Auto Mode', () => newAutoCluster(newApp()), ['gp3']],
    ['of an existing cluster', () => existingCluster(newApp()), ['gp3']],
    ['without a cluster', () => newApp(), []],
  ])('%s an agent leaves the quota to storage, and that is reported', (_what, scope, others) => {
    const tenant = newTenant({}, scope());
    agent({}, tenant);
    stateful({}, tenant);
    expect(hardOf(tenant)).toEqual({
      persistentvolumeclaims: '2',
      'requests.storage': '40Gi',
      [ofClass('gp3-retain')]: '40Gi',
      ...Object.fromEntries(others.map((name) => [ofClass(name), '0'])),
      'services.loadbalancers': '0',
      'services.nodeports': '0',
    });
    synth(appOf(tenant));
    expect(appOf(tenant).findings).toContainEqual(
      expect.objectContaining({ rule: 'tenant/quota-unknown', severity: 'warning', field: 'quota' }),
    );
  });

  it('workloads without agents are counted all the same, and nothing is reported', () => {
    const tenant = newTenant({}, newAutoCluster(newApp()));
    web({}, tenant);
    expect(hardOf(tenant).pods).toBe('6');
    synth(appOf(tenant));
    expect(appOf(tenant).findings.map(({ rule }) => rule)).not.toContain('tenant/quota-unknown');
  });

  it('a quota of the user is not reported', () => {
    const tenant = newTenant({ quota: { pods: 5 } }, newAutoCluster(newApp()));
    agent({}, tenant);
    synth(appOf(tenant));
    expect(appOf(tenant).findings.map(({ rule }) => rule)).not.toContain('tenant/quota-unknown');
  });

  it('more node groups are more nodes', () => {
    const group = { name: 'more', instanceType: 'm5.large', minSize: 1, maxSize: 4 };
    const nodeGroups = [{ ...group, name: 'one' }, group];
    const tenant = newTenant({}, newCluster(newApp(), { nodeGroups } as object));
    agent({}, tenant);
    expect(hardOf(tenant).pods).toBe('16');
  });
});

describe('a quota of the user', () => {
  it('is written as given, numbers as strings', () => {
    expect(hardOf(newTenant({ quota: { pods: 100, 'requests.cpu': '20', 'limits.cpu': '40' } }))).toEqual({
      pods: '100',
      'requests.cpu': '20',
      'limits.cpu': '40',
    });
  });

  it("'none' makes no ResourceQuota, and keeps the LimitRange", () => {
    const tenant = newTenant({ quota: 'none' });
    expect(tenant.resourceQuota).toBeUndefined();
    const kinds = synth(appOf(tenant)).manifests.map((m) => m.kind);
    expect(kinds).not.toContain('ResourceQuota');
    expect(kinds).toContain('LimitRange');
  });

  it.each([
    [{}, 'props/invalid', 'quota'],
    ['some', 'props/type', 'quota'],
    [{ pods: 1.5 }, 'props/invalid', 'quota.pods'],
    [{ pods: -1 }, 'props/invalid', 'quota.pods'],
    [{ 'requests.cpu': 'many' }, 'props/invalid', "quota['requests.cpu']"],
  ])('%j is refused', (given, rule, field) => {
    expect(refusedBy(() => newTenant({ quota: given as unknown as 'none' }))).toEqual([rule, field]);
  });
});
