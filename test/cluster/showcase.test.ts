import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import { distribution, zonesOf } from './harness/places';
import { outputOf } from './harness/programs';
import { applyProgram, createCluster, LESS_CUSTOMS } from './harness/whole-program';
import { runAllCronJobs } from './harness/workloads';

describe(`the retail store of main.ts${LESS_CUSTOMS}`, () => {
  const cluster = useCluster();
  const tenants = ['carts', 'catalog', 'checkout', 'logging', 'orders', 'ui'];

  test('the nodes that its cluster begins with have room for all of it, beside what runs on every cluster', async () => {
    const folder = await outputOf('main');
    await createCluster(cluster, folder);
    // waits until every workload has all its pods, and these are available
    await applyProgram(cluster, folder);
    const { items } = await cluster.kube.core.listNamespace();
    const names = items.map(({ metadata }) => metadata!.name!);
    expect(names).toEqual(expect.arrayContaining(tenants));
  });

  test('nothing was displaced to make room for it', () => {
    const moved = [...tenants, 'kube-system'].flatMap((name) =>
      cluster.namespace(name).story('', 'deleted', 'evicted'),
    );
    expect(moved).toEqual([]);
  });

  test.each([
    ['carts', 'carts', 2],
    ['catalog', 'catalog', 2],
    ['checkout', 'checkout', 2],
    ['orders', 'orders', 2],
    ['orders', 'orders-rabbitmq', 3],
    ['ui', 'ui', 2],
  ])('the pods of %s/%s are in zones of their own', async (namespace, workload, count) => {
    const pods = await cluster.namespace(namespace).pods(workload);
    expect(distribution(await zonesOf(cluster.kube, pods))).toEqual(Array.from({ length: count }, () => 1));
  });

  test('the nightly backup runs to its end beside it, and then every claim has its volume', async () => {
    const { batch, core } = cluster.kube;
    expect(await runAllCronJobs(cluster.kube)).toHaveLength(1);
    await eventually(
      'the backup has succeeded',
      async () => {
        const { items } = await batch.listNamespacedJob({ namespace: 'orders' });
        return items.length === 1 && items[0]!.status?.succeeded === 1;
      },
      { seconds: 150 },
    );
    const { items } = await core.listPersistentVolumeClaimForAllNamespaces();
    const claims = items.map(({ metadata, status }) => `${status?.phase} ${metadata!.namespace}/${metadata!.name}`);
    expect(claims.sort()).toEqual([
      'Bound catalog/data-catalog-mysql-0',
      'Bound checkout/data-checkout-redis-0',
      'Bound orders/data-orders-postgresql-0',
      'Bound orders/data-orders-rabbitmq-0',
      'Bound orders/data-orders-rabbitmq-1',
      'Bound orders/data-orders-rabbitmq-2',
      'Bound orders/orders-backup-data',
    ]);
  });
});
