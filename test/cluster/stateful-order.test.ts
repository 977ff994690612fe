import type { V1Pod } from '@kubernetes/client-node';
import { useCluster } from './harness/cluster';
import { eventually, throughout } from './harness/eventually';
import {
  NEVER_READY,
  programOf,
  running,
  type StoreProps,
  Story,
  storeApp,
  uidOf,
  untilStatus,
  V1,
  V2,
} from './harness/members';
import { isReady, nameOf } from './harness/pods';

const cluster = useCluster();
const PATIENT: StoreProps = { tenant: 'patient', patient: true, props: { replicas: 2 } };
const apply = (store: StoreProps): Promise<string[]> => cluster.apply(storeApp(store));

beforeAll(async () => {
  await cluster.addNodesOf(storeApp(PATIENT));
  // takes its time while other tests run
  await apply(PATIENT);
});

test('members start in their order, each when its predecessor is ready', async () => {
  await apply({ tenant: 'start' });
  const ns = cluster.namespace('start');
  expect(await new Story(ns).untilLong(['created', 'ready'], 6)).toEqual([
    ...['created store-0', 'ready store-0'],
    ...['created store-1', 'ready store-1'],
    ...['created store-2', 'ready store-2'],
  ]);
});

test('a member that is not ready keeps its successors from starting', async () => {
  await apply({ tenant: 'blocked', props: { image: NEVER_READY } });
  const ns = cluster.namespace('blocked');
  await eventually('the first member runs', async () => (await ns.pods('store'))[0]?.status?.podIP !== undefined);
  await throughout(3, async () => expect((await ns.pods('store')).map(nameOf)).toEqual(['store-0']));
  await ns.kubelet.ready('store-0');
  expect(await new Story(ns).untilLong(['created', 'ready'], 3)).toEqual([
    'created store-0',
    'ready store-0',
    'created store-1',
  ]);
});

test("with order 'Parallel' no member waits for another, and a version that gets ready replaces one that does not", async () => {
  const store = { tenant: 'parallel', props: { order: 'Parallel', image: NEVER_READY } };
  await apply(store);
  const ns = cluster.namespace('parallel');
  const names = ['store-0', 'store-1', 'store-2'];
  await eventually('all members run', async () => (await ns.pods('store')).filter((p) => p.status?.podIP).length === 3);
  expect((await ns.pods('store')).map(nameOf)).toEqual(names);
  expect(ns.story('store', 'ready')).toEqual([]);
  await apply({ ...store, props: { order: 'Parallel', image: V1 } });
  expect((await ns.untilReady('store', 3)).map(programOf)).toEqual([V1, V1, V1]);
});

test('fewer replicas end the highest members first, one by one, and leave the others alone', async () => {
  const { ns, story, before } = await running(cluster, { tenant: 'fewer' });
  await apply({ tenant: 'fewer', props: { replicas: 1 } });
  expect(await story.untilLong(['deleted', 'gone'], 4)).toEqual([
    ...['deleted store-2', 'gone store-2'],
    ...['deleted store-1', 'gone store-1'],
  ]);
  await untilStatus(cluster, 'fewer', 'one member is left', ({ replicas }) => replicas === 1);
  expect((await ns.pods('store')).map(uidOf)).toEqual([uidOf(before[0]!)]);
});

test('after the loss of all members at once they come back in their order, each to its claim', async () => {
  const { ns, story, before } = await running(cluster, { tenant: 'lost' });
  const claims = async () => {
    const { items } = await cluster.kube.core.listNamespacedPersistentVolumeClaim({ namespace: 'lost' });
    return items.map(({ metadata, spec }) => [metadata!.name, metadata!.uid, spec!.volumeName]).sort();
  };
  const claimOf = ({ spec }: V1Pod) => spec!.volumes!.find(({ name }) => name === 'data')?.persistentVolumeClaim;
  const kept = await claims();
  expect(kept.map(([name]) => name)).toEqual(['data-store-0', 'data-store-1', 'data-store-2']);

  await cluster.kube.core.deleteCollectionNamespacedPod({ namespace: 'lost' });
  expect(await story.untilLong(['created', 'ready'], 6)).toEqual([
    ...['created store-0', 'ready store-0'],
    ...['created store-1', 'ready store-1'],
    ...['created store-2', 'ready store-2'],
  ]);
  const after = await ns.untilReady('store', 3);
  expect(after.map(uidOf).filter((uid) => before.map(uidOf).includes(uid))).toEqual([]);
  expect(after.map((pod) => claimOf(pod)?.claimName)).toEqual(['data-store-0', 'data-store-1', 'data-store-2']);
  expect(await claims()).toEqual(kept);
});

test('each member waits until its predecessor has been ready for ten seconds, at the start and in an update', async () => {
  const ns = cluster.namespace(PATIENT.tenant);
  const readySince = (pod: V1Pod) =>
    pod.status!.conditions!.find(({ type }) => type === 'Ready')!.lastTransitionTime!.getTime();
  /** From the moment when a pod got ready to the one when another was created, as Kubernetes writes them. */
  const seconds = (from: V1Pod, to: V1Pod) => (to.metadata!.creationTimestamp!.getTime() - readySince(from)) / 1000;
  const [first, second] = await ns.untilReady('store', 2);
  expect(seconds(first!, second!)).toBeGreaterThanOrEqual(10);

  await apply({ ...PATIENT, props: { ...PATIENT.props, image: V2 } });
  const [last, next] = await eventually('both are replaced', async () => {
    const pods = await ns.pods('store');
    return pods.length === 2 && pods.every((pod) => isReady(pod) && programOf(pod) === V2) && pods;
  });
  expect(seconds(next!, last!)).toBeGreaterThanOrEqual(10);
});
