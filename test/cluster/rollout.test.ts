import type { V1Deployment } from '@kubernetes/client-node';
import { Config, Env, type Tenant } from 'cdk8s-eks-patterns';
import { IMAGE, newApp, newCluster, stateful, web, worker } from '../support/app';
import { readyOverTime } from './harness/audit';
import { useCluster } from './harness/cluster';
import { commonConfiguration } from './harness/configuration';
import { commandsIn, runCommand } from './harness/documented';
import { eventually } from './harness/eventually';
import { nameOf } from './harness/pods';
import { tenantApp } from './harness/tenant-app';

const cluster = useCluster();
beforeAll(async () => {
  const app = newApp();
  newCluster(app);
  await cluster.addNodesOf(app);
});

const OLD = IMAGE;
const NEW = IMAGE.replace(/:.*/, ':1.5.0');
const BROKEN = `${NEW}-unready`;

const SMALL = { resources: { cpu: '50m', memory: '64Mi' } } as const;
type WebProps = Parameters<typeof web>[0];

/** A tenant with one web service of three pods. */
const shop = (name: string, props: WebProps = {}) =>
  tenantApp(name, (tenant) => web({ ...SMALL, replicas: 3, ...props }, tenant));

const deployment = (namespace: string, name = 'web'): Promise<V1Deployment> =>
  cluster.kube.apps.readNamespacedDeployment({ namespace, name });

const rollout = (namespace: string, ...args: string[]) => cluster.kubectl.try('-n', namespace, 'rollout', ...args);

/** Waits as a user would. */
async function untilRolledOut(namespace: string, name = 'web'): Promise<void> {
  const { status, stderr } = await rollout(namespace, 'status', `deployment/${name}`, '--timeout=150s');
  expect([stderr, status]).toEqual(['', 0]);
}

/** The documented way back. */
async function undo(namespace: string): Promise<void> {
  const [command, ...others] = commandsIn('upgrading.md', 'Back to the version before');
  expect(others).toEqual([]);
  expect(await runCommand(cluster.kubectl, command!, { namespace })).toBe('deployment.apps/web rolled back\n');
}

const configurationIn = async (namespace: string, workload = 'web') =>
  commonConfiguration(cluster.kube, await cluster.namespace(namespace).pods(workload));

const namesIn = async (namespace: string, workload = 'web'): Promise<string[]> =>
  (await cluster.namespace(namespace).pods(workload)).map(nameOf);

test('a version that never gets ready takes no pod away, is reported after its deadline, and undo ends it', async () => {
  const ns = cluster.namespace('broken');
  await cluster.apply(shop('broken', { env: { LOG_LEVEL: 'info' } }));
  const old = (await ns.untilReady('web', 3)).map(nameOf);
  expect((await deployment('broken')).spec).toMatchObject({ progressDeadlineSeconds: 600, revisionHistoryLimit: 3 });

  await cluster.apply(shop('broken', { image: BROKEN, env: { LOG_LEVEL: 'debug' }, rollout: { deadline: '5s' } }));
  await eventually('the new pod is there, and the rollout has failed', async () => {
    expect(await namesIn('broken')).toHaveLength(4);
    const { status } = await deployment('broken');
    expect(status!.conditions).toContainEqual(
      expect.objectContaining({ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }),
    );
    expect(status!.conditions).toContainEqual(expect.objectContaining({ type: 'Available', status: 'True' }));
    return true;
  });
  const reported = await rollout('broken', 'status', 'deployment/web', '--timeout=60s');
  expect(reported.status).not.toBe(0);
  expect(reported.stderr).toContain('deployment "web" exceeded its progress deadline');
  expect(await ns.ready('web')).toEqual(old);

  await undo('broken');
  await ns.untilReady('web', 3);
  expect(await namesIn('broken')).toEqual(old);
  expect(await configurationIn('broken')).toEqual({ LOG_LEVEL: 'info' });
  expect(Math.min(...readyOverTime(ns.events('web'), 3))).toBe(3);
});

test('a change of variables or of files rolls the pods without a gap, and undo brings back the old configuration', async () => {
  const ns = cluster.namespace('undone');
  const FILE = '/etc/web/web.yaml';
  const versions = [
    { image: OLD, env: { LOG_LEVEL: 'info' }, files: { [FILE]: 'colour: blue\n' } },
    { image: OLD, env: { LOG_LEVEL: 'debug' }, files: { [FILE]: 'colour: blue\n' } },
    { image: NEW, env: { LOG_LEVEL: 'debug' }, files: { [FILE]: 'colour: green\n' } },
  ];
  const configuration = ({ env, files }: (typeof versions)[number]) => ({ ...env, ...files });
  const seen = new Set<string>();
  for (const version of versions) {
    await cluster.apply(shop('undone', version));
    await untilRolledOut('undone');
    for (const pod of await ns.untilReady('web', 3)) {
      expect(seen).not.toContain(nameOf(pod));
      seen.add(nameOf(pod));
    }
    expect(await configurationIn('undone')).toEqual(configuration(version));
  }
  expect(seen.size).toBe(9);

  for (const [back, version] of [
    [() => undo('undone'), versions[1]!],
    [() => rollout('undone', 'undo', 'deployment/web', '--to-revision=1'), versions[0]!],
  ] as const) {
    await back();
    await untilRolledOut('undone');
    const pods = await ns.untilReady('web', 3);
    expect(pods.map(({ spec }) => spec!.containers[0]!.image)).toEqual(Array(3).fill(version.image));
    expect(await configurationIn('undone')).toEqual(configuration(version));
  }
  expect(Math.min(...readyOverTime(ns.events('web'), 3))).toBeGreaterThanOrEqual(3);

  // once the change of the program is undone too, there is nothing left to roll
  const pods = await namesIn('undone');
  await cluster.apply(shop('undone', versions[0]));
  await untilRolledOut('undone');
  expect(await namesIn('undone')).toEqual(pods);
  expect(ns.story('web', 'created')).toHaveLength(15);
});

test('after an undo the old program is applied before the next one, or what the undone version had dropped stays', async () => {
  const dropped = async (namespace: string): Promise<boolean> => {
    const { spec } = await deployment(namespace);
    return spec!.template.spec!.containers[0]!.env === undefined;
  };
  const first = (namespace: string) => shop(namespace, { env: { NAME: Env.podName() } });
  const second = (namespace: string) => shop(namespace, { image: BROKEN });
  const third = (namespace: string) => shop(namespace, { image: NEW });
  for (const [namespace, documented] of [
    ['documented', true],
    ['naive', false],
  ] as const) {
    await cluster.apply(first(namespace));
    await cluster.apply(second(namespace));
    expect(await dropped(namespace)).toBe(true);
    await undo(namespace);
    expect(await dropped(namespace)).toBe(false);
    if (documented) {
      await cluster.apply(first(namespace));
    }
    await cluster.apply(third(namespace));
    expect(await dropped(namespace)).toBe(documented);
  }
});

test('the same program, applied again or written in another order, rolls nothing', async () => {
  const ns = cluster.namespace('same');
  const workloads = (tenant: Tenant, [one, two]: Config<'KEY'>[]) => [
    () =>
      web(
        {
          ...SMALL,
          env: { A: '1', B: '2', C: one!.file('KEY'), D: two!.file('KEY') },
          files: { '/etc/a': 'a', '/etc/b': 'b' },
        },
        tenant,
        'web',
      ),
    () => web({ ...SMALL, env: { E: '3' }, labels: { one: '1', two: '2' } }, tenant, 'api'),
  ];
  const reordered: typeof workloads = (tenant, [one, two]) => [
    () => web({ labels: { two: '2', one: '1' }, env: { E: '3' }, ...SMALL }, tenant, 'api'),
    () =>
      web(
        {
          files: { '/etc/b': 'b', '/etc/a': 'a' },
          env: { D: two!.file('KEY'), C: one!.file('KEY'), B: '2', A: '1' },
          ...SMALL,
        },
        tenant,
        'web',
      ),
  ];
  const program = (order: typeof workloads) =>
    tenantApp('same', (tenant) => {
      const configs = ['one', 'two'].map((id) => new Config(tenant, id, { KEY: id }));
      for (const add of order(tenant, configs)) {
        add();
      }
    });
  await cluster.apply(program(workloads));
  await Promise.all([ns.untilReady('web', 2), ns.untilReady('api', 2)]);
  const state = async () =>
    Promise.all(
      ['web', 'api'].map(async (name) => [
        (await deployment('same', name)).metadata!.generation,
        await namesIn('same', name),
      ]),
    );
  const before = await state();
  for (const again of [program(workloads), program(reordered)]) {
    const lines = await cluster.apply(again);
    const ours = lines.filter((line) => /^(deployment|configmap)/.test(line));
    expect(ours.map((line) => line.replace(/.* /, ''))).toEqual(Array(7).fill('unchanged'));
    expect(await state()).toEqual(before);
  }
  expect(ns.story('', 'created')).toHaveLength(4);
});

test('a change of shared configuration rolls who uses it, and nobody else', async () => {
  const ns = cluster.namespace('shared');
  const program = (currency: string) =>
    tenantApp('shared', (tenant) => {
      const config = new Config(tenant, 'shop', { CURRENCY: currency });
      web({ ...SMALL, envFrom: [config] }, tenant, 'all');
      web({ ...SMALL, env: { MONEY: config.env('CURRENCY') } }, tenant, 'key');
      worker({ ...SMALL, env: { MONEY_FILE: config.file('CURRENCY') } }, tenant, 'file');
      worker({ ...SMALL, env: { MONEY: 'none' } }, tenant, 'other');
    });
  const file = '/run/config/shop/CURRENCY';
  const users = ['all', 'key', 'file'];
  await cluster.apply(program('EUR'));
  await Promise.all([...users, 'other'].map((name) => ns.untilReady(name, 2)));
  expect(await configurationIn('shared', 'all')).toEqual({ CURRENCY: 'EUR' });
  expect(await configurationIn('shared', 'key')).toEqual({ MONEY: 'EUR' });
  expect(await configurationIn('shared', 'file')).toEqual({ MONEY_FILE: file, [file]: 'EUR' });

  const before = new Map(
    await Promise.all([...users, 'other'].map(async (name) => [name, await namesIn('shared', name)] as const)),
  );
  await cluster.apply(program('USD'));
  for (const name of users) {
    await untilRolledOut('shared', name);
    const pods = (await ns.untilReady(name, 2)).map(nameOf);
    expect(pods.filter((pod) => before.get(name)!.includes(pod))).toEqual([]);
  }
  expect(await configurationIn('shared', 'all')).toEqual({ CURRENCY: 'USD' });
  expect(await configurationIn('shared', 'key')).toEqual({ MONEY: 'USD' });
  expect(await configurationIn('shared', 'file')).toEqual({ MONEY_FILE: file, [file]: 'USD' });
  expect(await namesIn('shared', 'other')).toEqual(before.get('other'));
  expect(ns.story('other', 'created')).toHaveLength(2);
});

test("a changed label of a tenant's defaults rolls the pods without a gap and leaves every selector", async () => {
  const ns = cluster.namespace('labels');
  const KEY = 'example.com/cost-center';
  const program = (costCenter: string, team: string) =>
    tenantApp(
      'labels',
      (tenant) => {
        web({ ...SMALL, replicas: 3 }, tenant);
        stateful(SMALL, tenant).statefulSet.customize((set) => {
          set.spec.minReadySeconds = 0;
        });
      },
      { team, defaults: { labels: { [KEY]: costCenter } } },
    );
  const selectors = async () => {
    const namespace = 'labels';
    const set = await cluster.kube.apps.readNamespacedStatefulSet({ namespace, name: 'store' });
    const { items } = await cluster.kube.core.listNamespacedService({ namespace });
    return {
      web: (await deployment(namespace)).spec!.selector,
      store: set.spec!.selector,
      claims: set.spec!.volumeClaimTemplates!.map(({ metadata }) => metadata!.labels),
      services: Object.fromEntries(items.map(({ metadata, spec }) => [metadata!.name, spec!.selector])),
    };
  };
  await cluster.apply(program('old', 'one'));
  await Promise.all([ns.untilReady('web', 3), ns.untilReady('store', 1)]);
  const before = await selectors();
  const old = await namesIn('labels');

  // a changed selector, or claim template, would be refused
  await cluster.apply(program('new', 'two'));
  await untilRolledOut('labels');
  const pods = await ns.untilReady('web', 3);
  expect(pods.filter((pod) => old.includes(nameOf(pod)))).toEqual([]);
  await eventually('the member has the new label', async () => {
    const [store] = await ns.untilReady('store', 1);
    return store!.metadata!.labels![KEY] === 'new';
  });
  expect(pods.map(({ metadata }) => [metadata!.labels![KEY], metadata!.labels!.owner])).toEqual(
    Array(3).fill(['new', 'two']),
  );
  expect(await selectors()).toEqual(before);
  expect(Math.min(...readyOverTime(ns.events('web'), 3))).toBeGreaterThanOrEqual(3);
});

test('a changed count adds or takes pods, and rolls none', async () => {
  const ns = cluster.namespace('count');
  await cluster.apply(shop('count'));
  const old = (await ns.untilReady('web', 3)).map(nameOf);
  await cluster.apply(shop('count', { replicas: 5 }));
  const more = (await ns.untilReady('web', 5)).map(nameOf);
  expect(more).toEqual(expect.arrayContaining(old));
  await cluster.apply(shop('count', { replicas: 2 }));
  const fewer = (await ns.untilReady('web', 2)).map(nameOf);
  expect(more).toEqual(expect.arrayContaining(fewer));
  expect(ns.story('web', 'created')).toHaveLength(5);
});
