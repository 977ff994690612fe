import { Cluster, type EksApp, type NodeGroup, type Tenant } from 'cdk8s-eks-patterns';
import { IMAGE, newApp, newTenant, stateful, web } from '../support/app';
import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import { occupy, occupyWhole, release } from './harness/placeholders';
import { distribution, hostsOf, zonesOf } from './harness/places';
import { whyNot } from './harness/pods';

const ZONES = ['us-west-2a', 'us-west-2b', 'us-west-2c'];
const cluster = useCluster();

/** Nodes for one test alone: one in each zone, unless it says more. */
const pool = (name: string, more: Partial<NodeGroup> = {}): NodeGroup => ({
  name,
  instanceType: 'm5.large',
  minSize: 3,
  labels: { pool: name },
  ...more,
});
const TAINTED: Partial<NodeGroup> = {
  minSize: 1,
  availabilityZones: ['us-west-2c'],
  taints: [{ key: 'dedicated', value: 'batch', effect: 'NoSchedule' }],
};
const NODE_GROUPS: [NodeGroup, ...NodeGroup[]] = [
  pool('full'),
  pool('few'),
  pool('two-zones', { minSize: 2, availabilityZones: ZONES.slice(0, 2) }),
  pool('batch', { ...TAINTED, labels: { pool: 'two-zones' } }),
  pool('six', { minSize: 6 }),
];

/** A program of a tenant, whose workloads run on the nodes of a pool. */
function program(name: string, declare: (tenant: Tenant, common: object) => void): EksApp {
  const app = newApp();
  const common = {
    placement: { nodeLabels: { pool: name } },
    resources: { cpu: '100m', memory: '64Mi' },
  };
  const prod = new Cluster(app, 'prod', { region: 'us-west-2', version: '1.35', nodeGroups: NODE_GROUPS });
  declare(newTenant({}, prod, name), common);
  return app;
}

/** Members that follow each other at once, since nothing here is about their ten seconds. */
function members(replicas: number, tenant: Tenant, common: object) {
  const customize = {
    statefulSet: (set: { spec: { minReadySeconds?: number } }) => {
      set.spec.minReadySeconds = 0;
    },
  };
  return stateful({ ...common, replicas, customize }, tenant);
}

beforeAll(async () => {
  await cluster.addNodesOf(program('nodes', () => undefined));
});

const zones = async (tenant: string, workload: string) =>
  zonesOf(cluster.kube, await cluster.namespace(tenant).pods(workload));

describe('one zone is full at first', () => {
  const full = 'full-2';
  const ns = () => cluster.namespace('full');
  const version = (image: string) =>
    program('full', (tenant, common) => {
      members(3, tenant, common);
      web({ ...common, image, replicas: 3 }, tenant);
      // all of its new pods are placed while all of the old ones are there
      web({ ...common, image, replicas: 3, rollout: { maxSurge: '100%' } }, tenant, 'api');
    });

  test('a Deployment goes on without it', async () => {
    await occupyWhole(cluster.kube, full);
    await cluster.apply(version(IMAGE));
    await ns().untilReady('web', 3);
    await ns().untilReady('api', 3);
    expect(new Set(await zones('full', 'web'))).toEqual(new Set(ZONES.slice(0, 2)));
  });

  test('the member that would stand in a zone twice waits', async () => {
    const reason = await eventually('the last member has no place', async () => {
      const last = (await ns().pods('store'))[2];
      return last && whyNot(last);
    });
    expect(reason).toContain("2 node(s) didn't match pod topology spread constraints");
    expect(await ns().ready('store')).toEqual(['store-0', 'store-1']);
  });

  test('members are in three zones as soon as there is room', async () => {
    await release(cluster.kube, full);
    await ns().untilReady('store', 3);
    expect((await zones('full', 'store')).sort()).toEqual(ZONES);
  });

  test('the next rollout spreads a Deployment over three zones, whatever its surge', async () => {
    await cluster.apply(version(IMAGE.replace(/[^:]*$/, '1.5.0')));
    for (const name of ['web', 'api']) {
      await cluster.kubectl.run('rollout', 'status', `deployment/${name}`, '-n', 'full', '--timeout=150s');
      await ns().untilReady(name, 3);
      expect((await zones('full', name)).sort()).toEqual(ZONES);
    }
  });
});

test('a fourth replica has a place on three nodes', async () => {
  await cluster.apply(
    program('few', (tenant, common) => {
      members(4, tenant, common);
      web({ ...common, replicas: 4 }, tenant);
    }),
  );
  const ns = cluster.namespace('few');
  for (const workload of ['store', 'web']) {
    await ns.untilReady(workload, 4);
    expect(distribution(await zones('few', workload))).toEqual([2, 1, 1]);
  }
});

test('a zone whose only node refuses the pods is no zone to wait for', async () => {
  await cluster.apply(program('two-zones', (tenant, common) => members(4, tenant, common)));
  await cluster.namespace('two-zones').untilReady('store', 4);
  expect(distribution(await zones('two-zones', 'store'))).toEqual([2, 2]);
});

test('busy nodes do not lead to two replicas on a host, nor to a zone without any', async () => {
  // zone a is idle, zone c busy, and zone b has one node of each
  await Promise.all(['six-2', 'six-4', 'six-5'].map((node) => occupy(cluster.kube, node, '1')));
  await cluster.apply(
    program('six', (tenant, common) => {
      members(6, tenant, common);
      web({ ...common, replicas: 6 }, tenant);
      web({ ...common, replicas: 3 }, tenant, 'api');
    }),
  );
  const ns = cluster.namespace('six');
  expect(new Set(hostsOf(await ns.untilReady('store', 6))).size).toBe(6);
  expect(new Set(hostsOf(await ns.untilReady('web', 6))).size).toBe(6);
  await ns.untilReady('api', 3);
  expect((await zones('six', 'api')).sort()).toEqual(ZONES);
});
