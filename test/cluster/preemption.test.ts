import { Placeholders, type Tenant } from 'cdk8s-eks-patterns';
import { IMAGE, job, newApp, newCluster, newTenant, web } from '../support/app';
import { CONTAINER, POD, podByHand } from './harness/by-hand';
import { useCluster } from './harness/cluster';
import { eventually, throughout } from './harness/eventually';
import { evict, untilHealthy } from './harness/evictions';
import type { Namespace } from './harness/namespace';
import { nameOf, whyNot } from './harness/pods';

const cluster = useCluster();
const LABEL = 'example.com/test';
/** One node for each test, which also is the name of its tenant. Pods get 1930m of CPU of an m5.large. */
const TESTS = ['displaced', 'waits', 'budget', 'over-budget', 'placeholders'] as const;
type Test = (typeof TESTS)[number];

function shop(test: Test, fill: (tenant: Tenant) => void) {
  const app = newApp();
  const nodeGroups = TESTS.map((name) => ({
    name,
    instanceType: 'm5.large',
    minSize: 1,
    maxSize: 1,
    labels: { [LABEL]: name },
  }));
  const placement = { nodeLabels: { [LABEL]: test }, spread: 'none' };
  fill(newTenant({ defaults: { placement } as never }, newCluster(app, { nodeGroups: nodeGroups as never }), test));
  return app;
}
const apply = (test: Test, fill: (tenant: Tenant) => void) => cluster.apply(shop(test, fill));
const cpu = (amount: string) => ({ resources: { cpu: amount, memory: '64Mi' } });
/** Its program goes on until it is stopped. */
const RUNS = `${IMAGE}-unready`;

beforeAll(async () => {
  await cluster.addNodesOf(shop('waits', () => undefined));
});

/** Waits until a workload has a pod that runs. */
const untilRuns = (ns: Namespace, workload: string) =>
  eventually(`${workload} of ${ns.name} runs`, async () =>
    (await ns.pods(workload)).find(({ status }) => status?.phase === 'Running'),
  );
const untilWaits = (ns: Namespace, workload: string) =>
  eventually(`${workload} of ${ns.name} finds no room`, async () =>
    (await ns.pods(workload)).map(whyNot).find(Boolean),
  );
/** The pods that the scheduler took away, with the name of their workload. */
const displaced = (ns: Namespace) =>
  ns.events().flatMap(({ what, pod, by }) => (what === 'deleted' && by === 'scheduler' ? [pod] : []));

test('a critical service on a full node displaces a Job, not a service; the Job counts no failure and goes on', async () => {
  const ns = cluster.namespace('displaced');
  const program = (critical: number) => (tenant: Tenant) => {
    web({ ...cpu('800m'), replicas: 1 }, tenant, 'usual');
    job({ ...cpu('800m'), image: RUNS, retries: 0, onDisruption: 'ignore' }, tenant);
    web({ ...cpu('800m'), priority: 'critical', replicas: critical }, tenant, 'urgent');
  };
  await apply('displaced', program(0));
  await ns.untilReady('usual', 1);
  const first = nameOf(await untilRuns(ns, 'job'));
  await apply('displaced', program(1));
  await ns.untilReady('urgent', 1);
  expect(displaced(ns)).toEqual([first]);
  expect(await ns.ready('usual')).toHaveLength(1);
  expect(await untilWaits(ns, 'job')).toContain('Insufficient cpu');

  await apply('displaced', program(0));
  expect(nameOf(await untilRuns(ns, 'job'))).not.toBe(first);
  const { items } = await cluster.kube.batch.listNamespacedJob({ namespace: 'displaced' });
  expect([items[0]!.status!.failed ?? 0, items[0]!.status!.conditions ?? []]).toEqual([0, []]);
});

test('a Job on a full node displaces nobody, not even a pod without a class', async () => {
  const ns = cluster.namespace('waits');
  const container = { ...CONTAINER, resources: { requests: { cpu: '1500m' }, limits: { memory: '64Mi' } } };
  const spec = { ...POD, containers: [container], nodeSelector: { [LABEL]: 'waits' } };
  const byHand = await cluster.kube.core.createNamespacedPod({ namespace: 'default', body: podByHand(spec) });
  expect(byHand.spec!.priority).toBe(0);
  const others = cluster.namespace('default');
  await eventually('it runs', async () => (await others.ready()).length === 1);
  await apply('waits', (tenant) => job(cpu('800m'), tenant));
  expect(await untilWaits(ns, 'job')).toContain('Insufficient cpu');
  await throughout(3, async () => expect(await others.ready()).toEqual([nameOf(byHand)]));
  expect(displaced(others)).toEqual([]);
});

test('of two services the one is displaced whose budget allows it', async () => {
  const ns = cluster.namespace('budget');
  const program = (critical: number) => (tenant: Tenant) => {
    web({ ...cpu('400m'), replicas: 2 }, tenant, 'free');
    web({ ...cpu('400m'), replicas: 2 }, tenant, 'short');
    web({ ...cpu('600m'), priority: 'critical', replicas: critical }, tenant, 'urgent');
  };
  await apply('budget', program(0));
  await ns.untilReady('free', 2);
  const [, unready] = await ns.untilReady('short', 2);
  await ns.kubelet.unready(nameOf(unready!));
  expect((await untilHealthy(cluster.kube, 'budget', 'short', 1)).disruptionsAllowed).toBe(0);
  expect((await untilHealthy(cluster.kube, 'budget', 'free', 2)).disruptionsAllowed).toBe(1);
  await apply('budget', program(1));
  await ns.untilReady('urgent', 1);
  expect(displaced(ns)).toEqual([expect.stringMatching(/^free-/)]);
});

test('where nothing else makes room, a critical service displaces a pod that its budget would keep', async () => {
  const ns = cluster.namespace('over-budget');
  const program = (critical: number) => (tenant: Tenant) => {
    web({ ...cpu('800m'), replicas: 2 }, tenant, 'usual');
    web({ ...cpu('600m'), priority: 'critical', replicas: critical }, tenant, 'urgent');
  };
  await apply('over-budget', program(0));
  const [first, second] = await ns.untilReady('usual', 2);
  await ns.kubelet.unready(nameOf(first!));
  await untilHealthy(cluster.kube, 'over-budget', 'usual', 1);
  expect(await evict(cluster.kube, 'over-budget', nameOf(second!))).toBe(false);
  await apply('over-budget', program(1));
  await ns.untilReady('urgent', 1);
  expect(displaced(ns)).toHaveLength(1);
});

test('placeholders give their room to whatever comes, displace nothing, and wait for the next node', async () => {
  const ns = cluster.namespace('placeholders');
  const placement = { nodeLabels: { [LABEL]: 'placeholders' }, spread: 'none' } as const;
  const program = (replicas: number) => (tenant: Tenant) => {
    new Placeholders(tenant, 'room', { count: 1, placement, resources: { cpu: '1200m', memory: '64Mi' } });
    web({ ...cpu('1200m'), replicas }, tenant, 'burst');
  };
  await apply('placeholders', program(0));
  const [first] = await ns.untilReady('room', 1);
  await apply('placeholders', program(1));
  await ns.untilReady('burst', 1);
  expect(displaced(ns)).toEqual([nameOf(first!)]);
  expect(await untilWaits(ns, 'room')).toContain('Insufficient cpu');

  await apply('placeholders', program(0));
  await ns.untilReady('room', 1);
});
