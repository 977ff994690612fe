import { FIRST_CLUSTER } from '../../simulator/store';
import { byWorkload, judge, judgeChanges, useStoreOn } from '../harness/capacity';

describe("on the workshop's first cluster the scheduler agrees with the report", () => {
  const store = useStoreOn(FIRST_CLUSTER);
  beforeAll(() => store.begin(FIRST_CLUSTER.minSize), 300_000);

  test('as applied on one node, pod for pod', async () => {
    const found = await judge(store, 'as applied', 'minimum');
    const foretold = byWorkload(store.foretold('as applied', 'minimum').unplaced);
    // the report counts a run of the CronJob, which nobody has started
    expect(foretold).toEqual({ ...byWorkload(found), 'orders/orders-backup': 1 });
  });

  test('as applied, with a zone lost and autoscalers at maximum, on the nodes that it begins with', async () => {
    await store.grow(FIRST_CLUSTER.desiredCapacity);
    await judgeChanges(store, 'desired');
  }, 600_000);
});
