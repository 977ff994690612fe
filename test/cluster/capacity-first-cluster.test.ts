import { FIRST_CLUSTER } from '../capacity/store';
import { byWorkload, judge, useStoreOn } from './harness/capacity';

describe("on the workshop's first cluster the scheduler agrees with the report", () => {
  const store = useStoreOn(FIRST_CLUSTER);
  beforeAll(() => store.begin(FIRST_CLUSTER.minSize), 300_000);

  test('as applied on one node, pod for pod', async () => {
    const found = await judge(store, 'as applied', 'minimum');
    const foretold = byWorkload(store.foretold('as applied', 'minimum').unplaced);
    // the report counts a run of the CronJob, which nobody has started
    expect(foretold).toEqual({ ...byWorkload(found), 'orders/orders-backup': 1 });
  });

  test.each([
    ['desired', FIRST_CLUSTER.desiredCapacity],
    ['maximum', FIRST_CLUSTER.maxSize],
  ] as const)('as applied, with a zone lost and autoscalers at maximum, with %s nodes', async (at, nodes) => {
    await store.grow(nodes);
    await judge(store, 'as applied', at);
    const lost = await store.loseWorstZone();
    await judge(store, 'one zone lost', at);
    await store.giveBack(lost);
    await store.autoscale('maximum');
    await judge(store, 'autoscalers at maximum', at);
    await store.autoscale('minimum');
  });

  test('everything rolling, with all nodes and with fewer', async () => {
    await store.settled();
    await store.roll();
    await judge(store, 'everything rolling', 'maximum');
    await store.shrink();
    await judge(store, 'everything rolling', 'desired');
  });
});
