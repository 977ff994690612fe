import type { k8s } from 'cdk8s-eks-patterns';
import { useCluster } from './harness/cluster';
import { commandsIn, runCommand } from './harness/documented';
import { eventually, throughout } from './harness/eventually';
import {
  NEVER_READY,
  programOf,
  running,
  type StoreProps,
  storeApp,
  uidOf,
  untilStatus,
  V1,
  V2,
} from './harness/members';
import { manifestsOf } from './harness/programs';

const cluster = useCluster();
const apply = (store: StoreProps): Promise<string[]> => cluster.apply(storeApp(store));

beforeAll(async () => {
  await cluster.addNodesOf(storeApp({ tenant: 'nodes' }));
});

test('a new version replaces the members from the highest down, each when the one before is ready', async () => {
  const { ns, story } = await running(cluster, { tenant: 'update' });
  await apply({ tenant: 'update', props: { image: V2 } });
  expect(await story.untilLong(['deleted', 'created', 'ready'], 9)).toEqual([
    ...['deleted store-2', 'created store-2', 'ready store-2'],
    ...['deleted store-1', 'created store-1', 'ready store-1'],
    ...['deleted store-0', 'created store-0', 'ready store-0'],
  ]);
  expect((await ns.untilReady('store', 3)).map(programOf)).toEqual([V2, V2, V2]);
});

test('a partition holds a new version back from the members below it, until it is lowered', async () => {
  const { ns, story, before } = await running(cluster, { tenant: 'partition' });
  const version = (partition: number) => ({
    tenant: 'partition',
    props: { image: V2 },
    edit: ({ spec }: k8s.StatefulSet) => {
      spec.updateStrategy!.rollingUpdate = { partition };
    },
  });
  await apply(version(2));
  await untilStatus(
    cluster,
    'partition',
    'one member is updated, nothing is missing',
    ({ updatedReplicas, availableReplicas }) => updatedReplicas === 1 && availableReplicas === 3,
  );
  await throughout(2, async () => expect(story.lines('deleted')).toEqual(['deleted store-2']));
  const held = await ns.untilReady('store', 3);
  expect(held.map(programOf)).toEqual([V1, V1, V2]);
  expect(held.slice(0, 2).map(uidOf)).toEqual(before.slice(0, 2).map(uidOf));

  await apply(version(0));
  expect(await story.untilLong(['deleted'], 3)).toEqual(['deleted store-2', 'deleted store-1', 'deleted store-0']);
  expect((await ns.untilReady('store', 3)).map(programOf)).toEqual([V2, V2, V2]);
});

test('a new version waits while any member is not ready', async () => {
  const { ns, story } = await running(cluster, { tenant: 'waiting' });
  await ns.kubelet.unready('store-1');
  await untilStatus(cluster, 'waiting', 'the set knows', ({ readyReplicas }) => readyReplicas === 2);
  await apply({ tenant: 'waiting', props: { image: V2 } });
  await untilStatus(
    cluster,
    'waiting',
    'the set knows of the version',
    ({ currentRevision, updateRevision }) => currentRevision !== updateRevision,
  );
  await throughout(3, async () => expect(story.lines('deleted')).toEqual([]));
  await ns.kubelet.ready('store-1');
  expect(await story.untilLong(['deleted'], 3)).toEqual(['deleted store-2', 'deleted store-1', 'deleted store-0']);
  expect((await ns.untilReady('store', 3)).map(programOf)).toEqual([V2, V2, V2]);
});

test.each([
  ['back', V1],
  ['on', V2],
])('the documented way out of a stuck rollout leads %s', async (way, good) => {
  const tenant = `stuck-${way}`;
  const { ns, story } = await running(cluster, { tenant });
  await apply({ tenant, props: { image: NEVER_READY } });
  await eventually('the highest member has the version that never gets ready', async () => {
    const [, , highest] = await ns.pods('store');
    return highest?.status?.podIP !== undefined && programOf(highest) === NEVER_READY;
  });
  const folder = manifestsOf(storeApp({ tenant, props: { image: good } }));
  const [applied, look, remove, watch, ...more] = commandsIn('upgrading.md', 'A rollout that is stuck');
  expect(more).toEqual([]);
  const run = (command: string | undefined) => runCommand(cluster.kubectl, command!, { folder, namespace: tenant });

  await run(applied);
  // which is why there is a second step: https://github.com/kubernetes/kubernetes/issues/67250
  await throughout(3, async () => expect(story.lines('deleted')).toEqual(['deleted store-2']));
  expect(await run(look)).toMatch(/^store-2 +0\/1 /m);
  await run(remove);
  expect(await run(watch)).toContain('complete');
  const pods = await ns.untilReady('store', 3);
  expect(pods.map(programOf)).toEqual([good, good, good]);
});
