import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import { addNodes, node } from './harness/nodes';
import { outputOf } from './harness/programs';
import { applyProgram, createCluster } from './harness/whole-program';

describe('the first program', () => {
  const cluster = useCluster();

  test('the nodes that its cluster begins with have room for all of it, beside what runs on every cluster', async () => {
    const folder = await outputOf('first-program');
    await createCluster(cluster, folder);
    await applyProgram(cluster, folder);
    const shop = cluster.namespace('shop');
    expect([await shop.ready('store'), await shop.ready('web')].map(({ length }) => length)).toEqual([3, 3]);
  });
});

describe('sidecars', () => {
  const cluster = useCluster();

  test('their pods start within the quota, in the order that was written', async () => {
    const folder = await outputOf('sidecars');
    await createCluster(cluster, folder);
    await applyProgram(cluster, folder);
    const shop = cluster.namespace('shop');
    expect([await shop.ready('database'), await shop.ready('web')].map(({ length }) => length)).toEqual([1, 2]);
    const { items } = await cluster.kube.core.listNamespacedPod({
      namespace: 'shop',
      labelSelector: 'app.kubernetes.io/name=web',
    });
    expect(items.map(({ spec }) => spec!.initContainers!.map(({ name }) => name))).toEqual(
      items.map(() => ['wait-for-database', 'migrate', 'render', 'proxy']),
    );
  });
});

describe('the load test, on a cluster that exists', () => {
  const cluster = useCluster();

  test('its Job runs to its end beside the shop, and does not run again when it is applied again', async () => {
    const zones = ['us-west-2a', 'us-west-2b', 'us-west-2c'];
    const nodes = zones.map((zone) => node({ name: zone, zone, region: 'us-west-2', instanceType: 'm5.large' }));
    await addNodes(cluster.kube, nodes);
    const folder = await outputOf('load-test');
    await applyProgram(cluster, folder);
    await eventually(
      'the job has succeeded',
      async () => {
        const { items } = await cluster.kube.batch.listNamespacedJob({ namespace: 'shop' });
        return items.length === 1 && items[0]!.status?.succeeded === 1;
      },
      { seconds: 150 },
    );
    await applyProgram(cluster, folder);
    expect(cluster.namespace('shop').story('load-generator', 'created')).toHaveLength(1);
  });
});
