import { FIRST_CLUSTER } from '../../simulator/store';
import { judge, judgeChanges, useStoreOn } from '../harness/capacity';

describe("on all nodes of the workshop's first cluster the scheduler agrees with the report", () => {
  const store = useStoreOn(FIRST_CLUSTER);
  beforeAll(() => store.begin(FIRST_CLUSTER.maxSize), 300_000);

  test('as applied, with a zone lost and autoscalers at maximum', () => judgeChanges(store, 'maximum'), 600_000);

  test('everything rolling, with all nodes and with fewer', async () => {
    await store.settled();
    await store.roll();
    await judge(store, 'everything rolling', 'maximum');
    await store.shrink();
    await judge(store, 'everything rolling', 'desired');
  });
});
