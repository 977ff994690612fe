import { Cluster, type k8s, type Tenant } from 'cdk8s-eks-patterns';
import { agent, newApp, newTenant, stateful, web, worker } from '../support/app';
import { readyOverTime } from './harness/audit';
import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import { evict, untilHealthy } from './harness/evictions';
import { nodesOf } from './harness/nodes';
import { hostsOf } from './harness/places';
import { nameOf } from './harness/pods';

/** Workloads with several pods, of which one may be missing. */
const SEVERAL = { web: 3, store: 3, worker: 2 } as const;
const NAMES = ['web', 'store', 'worker'] as const;
/** Workloads that never have more than one. */
const SINGLE = ['one-web', 'one-store', 'one-worker'] as const;

const cluster = useCluster();
let nodes: readonly string[];

/** Two nodes in each zone: a member can only move to another node of its own. */
function program(tenant: string, declare: (shop: Tenant, common: object) => void) {
  const app = newApp();
  const prod = new Cluster(app, 'prod', {
    region: 'us-west-2',
    version: '1.35',
    nodeGroups: [{ name: 'workers', instanceType: 'm5.large', minSize: 6 }],
  });
  declare(newTenant({}, prod, tenant), { resources: { cpu: '50m', memory: '64Mi' } });
  return app;
}

const store = (replicas: number, shop: Tenant, common: object, id = 'store') => {
  const customize = {
    // they would only make the start longer: a budget counts what is ready, however long it has been
    statefulSet: (set: k8s.StatefulSet) => {
      set.spec.minReadySeconds = 0;
    },
  };
  return stateful({ ...common, replicas, customize }, shop, id);
};

beforeAll(async () => {
  const config = await cluster.addNodesOf(program('nodes', () => undefined));
  nodes = nodesOf(config).map(({ metadata }) => metadata!.name!);
});

const names = (workloads: readonly { metadata?: { name?: string } }[]) =>
  workloads.map((w) => w.metadata!.name!).sort();
const evicted = (tenant: string, workload: string) => cluster.namespace(tenant).story(workload, 'evicted');

/** How many pods were ready at the worst moment since all were. */
const least = (tenant: string, workload: string, replicas: number) =>
  Math.min(...readyOverTime(cluster.namespace(tenant).events(workload), replicas));

describe('every node in turn', () => {
  const ns = () => cluster.namespace('turn');

  test('each drain ends', async () => {
    await cluster.apply(
      program('turn', (shop, common) => {
        web({ ...common, replicas: SEVERAL.web }, shop);
        store(SEVERAL.store, shop, common);
        worker({ ...common, replicas: SEVERAL.worker }, shop);
        agent({ ...common }, shop);
        web({ ...common, replicas: 1 }, shop, 'one-web');
        store(1, shop, common, 'one-store');
        worker({ ...common, replicas: 1 }, shop, 'one-worker');
        web({ ...common, replicas: { min: 1, max: 3 } }, shop, 'small-web');
      }),
    );
    await Promise.all(NAMES.map((name) => ns().untilReady(name, SEVERAL[name])));
    await Promise.all([...SINGLE, 'small-web'].map((name) => ns().untilReady(name, 1)));
    await ns().untilReady('agent', nodes.length);
    for (const node of nodes) {
      await cluster.kubectl.drain(node);
      await cluster.kubectl.run('uncordon', node);
    }
  });

  test.each(NAMES)('one pod is missing at most: %s', (name) => {
    expect(least('turn', name, SEVERAL[name])).toBe(SEVERAL[name] - 1);
  });

  test.each([...SINGLE, 'small-web'])('a single pod moves: %s', async (name) => {
    await ns().untilReady(name, 1);
    expect(evicted('turn', name)).not.toEqual([]);
  });

  test('what never has more than one pod has no budget, what can have more has one', async () => {
    const { items } = await cluster.kube.policy.listNamespacedPodDisruptionBudget({ namespace: 'turn' });
    expect(names(items)).toEqual(['small-web', ...NAMES].sort());
  });

  test('agents stay', () => {
    expect(ns().story('agent', 'evicted', 'deleted')).toEqual([]);
  });
});

describe('at the limit of a budget', () => {
  afterEach(async () => {
    await cluster.kubectl.run('uncordon', ...nodes);
  });

  test('two nodes at once do not take a second member', async () => {
    await cluster.apply(program('pair', (shop, common) => store(SEVERAL.store, shop, common)));
    const pods = (await cluster.namespace('pair').untilReady('store', SEVERAL.store)).slice(0, 2);
    const drained = hostsOf(pods);
    const others = nodes.filter((node) => !drained.includes(node));
    // the member that goes first finds no place, so the second drain comes in time, however slow it is
    await cluster.kubectl.run('cordon', ...others);
    const drains = Promise.allSettled(drained.map((node) => cluster.kubectl.drain(node)));
    const first = await eventually('a member is evicted', async () => evicted('pair', 'store')[0]);
    const second = pods.map(nameOf).find((name) => first !== `evicted ${name}`)!;
    expect(await evict(cluster.kube, 'pair', second)).toBe(false);
    await cluster.kubectl.run('uncordon', ...others);
    const ended = { status: 'fulfilled', value: expect.any(String) };
    expect(await drains).toEqual([ended, ended]);
    await cluster.namespace('pair').untilReady('store', SEVERAL.store);
    expect(new Set(evicted('pair', 'store'))).toEqual(new Set(pods.map((pod) => `evicted ${nameOf(pod)}`)));
    expect(least('pair', 'store', SEVERAL.store)).toBe(SEVERAL.store - 1);
  });

  test('a pod that is not ready does not stop a drain, whatever the budget', async () => {
    await cluster.apply(program('unhealthy', (shop, common) => web({ ...common, replicas: SEVERAL.web }, shop)));
    const ns = cluster.namespace('unhealthy');
    const [sick, alsoSick, well] = await ns.untilReady('web', SEVERAL.web);
    await ns.kubelet.unready(nameOf(sick!));
    await ns.kubelet.unready(nameOf(alsoSick!));
    expect(await untilHealthy(cluster.kube, 'unhealthy', 'web', 1)).toMatchObject({ disruptionsAllowed: 0 });
    expect(await evict(cluster.kube, 'unhealthy', nameOf(well!))).toBe(false);
    await cluster.kubectl.drain(sick!.spec!.nodeName!);
    expect(evicted('unhealthy', 'web')).toEqual([`evicted ${nameOf(sick!)}`]);
  });
});
