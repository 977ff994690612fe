import { SHOWCASE } from '../../capacity/store';
import { judge, useStoreOn } from '../harness/capacity';

describe('on all nodes that the showcase may have the scheduler agrees with the report', () => {
  const store = useStoreOn(SHOWCASE);
  beforeAll(() => store.begin(SHOWCASE.maxSize), 300_000);

  test('as applied', async () => {
    await judge(store, 'as applied', 'maximum');
  });

  test('everything rolling', async () => {
    await store.roll();
    await judge(store, 'everything rolling', 'maximum');
    await store.rollBack();
    await store.settled();
  });

  test('autoscalers at maximum', async () => {
    await store.autoscale('maximum');
    await judge(store, 'autoscalers at maximum', 'maximum');
    await store.autoscale('minimum');
    await store.settled();
  });

  test('one zone lost', async () => {
    await store.loseWorstZone();
    await judge(store, 'one zone lost', 'maximum');
  });
});
