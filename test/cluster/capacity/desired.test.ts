import { SHOWCASE } from '../../simulator/store';
import { judge, testEachChange, useStoreOn } from '../harness/capacity';
import { eventually } from '../harness/eventually';
import { runAllCronJobs } from '../harness/workloads';

describe('on the nodes that the showcase begins with the scheduler agrees with the report', () => {
  const store = useStoreOn(SHOWCASE);
  beforeAll(() => store.begin(SHOWCASE.desiredCapacity), 300_000);

  test('as applied', async () => {
    await judge(store, 'as applied', 'desired');
  });

  test('as applied, beside a run of every CronJob', async () => {
    await runAllCronJobs(store.kube());
    await eventually('the nightly job has run', async () => {
      const { items } = await store.kube().batch.listNamespacedJob({ namespace: 'orders' });
      return items.length === 1 && items[0]!.status?.succeeded === 1;
    });
  });

  testEachChange(store, 'desired');
});
