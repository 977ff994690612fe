import { SHOWCASE } from '../../simulator/store';
import { judge, testEachChange, useStoreOn } from '../harness/capacity';

describe('on all nodes that the showcase may have the scheduler agrees with the report', () => {
  const store = useStoreOn(SHOWCASE);
  beforeAll(() => store.begin(SHOWCASE.maxSize), 300_000);

  test('as applied', async () => {
    await judge(store, 'as applied', 'maximum');
  });

  testEachChange(store, 'maximum');
});
