import { useCluster } from './harness/cluster';
import { eventually, throughout } from './harness/eventually';
import { evict, untilHealthy } from './harness/evictions';
import { NEVER_READY, programOf, running, storeApp, untilStatus, V1, V2 } from './harness/members';
import { nameOf } from './harness/pods';

const cluster = useCluster();

beforeAll(() => cluster.addNodesOf(storeApp({ tenant: 'nodes' })));

test('a quorum starts at once, and no drain takes one of two members that are not ready', async () => {
  await cluster.apply(storeApp({ tenant: 'quorum', props: { quorum: 3, image: NEVER_READY } }));
  const ns = cluster.namespace('quorum');
  await eventually('all members run', async () => (await ns.pods('store')).filter((p) => p.status?.podIP).length === 3);
  await ns.kubelet.ready('store-2');
  await untilHealthy(cluster.kube, 'quorum', 'store', 1);
  expect(await evict(cluster.kube, 'quorum', 'store-0')).toBe(false);
  expect(await evict(cluster.kube, 'quorum', 'store-1')).toBe(false);
  expect(ns.story('store', 'evicted')).toEqual([]);
});

test('members are numbered from the first ordinal, and a partition counts from there', async () => {
  const store = { tenant: 'numbered', props: { quorum: 3, firstOrdinal: 1 } };
  const { ns } = await running(cluster, store);
  const names = ['store-1', 'store-2', 'store-3'];
  expect((await ns.pods('store')).map(nameOf).sort()).toEqual(names);
  const next = { ...store, props: { ...store.props, image: V2, updateStrategy: { partition: 2 } } };
  await cluster.apply(storeApp(next));
  await untilStatus(cluster, 'numbered', 'one member is new', ({ updatedReplicas }) => updatedReplicas === 1);
  await ns.untilReady('store', 3);
  const programs = (await ns.pods('store')).map((pod) => [nameOf(pod), programOf(pod)]).sort();
  expect(programs).toEqual([
    ['store-1', V1],
    ['store-2', V1],
    ['store-3', V2],
  ]);
});

test("with 'OnDelete' a new version waits for the deletion of a pod", async () => {
  const store = { tenant: 'deleted', props: { quorum: 3, updateStrategy: 'OnDelete' } };
  const { ns, before } = await running(cluster, store);
  await cluster.apply(storeApp({ ...store, props: { ...store.props, image: V2 } }));
  await untilStatus(cluster, 'deleted', 'the new version is seen', (status) => {
    return status.updateRevision !== status.currentRevision;
  });
  await throughout(3, async () => expect((await ns.pods('store')).map(programOf)).toEqual(before.map(programOf)));
  await cluster.kube.core.deleteNamespacedPod({ name: 'store-1', namespace: 'deleted' });
  await eventually('the member is new', async () => {
    const pods = await ns.pods('store');
    return (
      pods
        .filter((pod) => programOf(pod) === V2)
        .map(nameOf)
        .join() === 'store-1'
    );
  });
});
