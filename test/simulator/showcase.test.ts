import type { CapacityReport } from '../../simulator/report';
import { manifestsOf } from '../cluster/harness/programs';
import { FIRST_CLUSTER, reportOn, SHOWCASE, storeOn } from './store';

const verdicts = ({ states }: CapacityReport) =>
  states.map(({ state, nodes, nodeCount, verdict, bottleneck }) => [state, nodes, nodeCount, verdict, bottleneck]);

describe('the retail store on m5.large, 3 to 6', () => {
  const report = reportOn(manifestsOf(storeOn(SHOWCASE)));

  test('fits as applied; a rollout of everything, the autoscalers and the loss of a zone need more than three nodes', () => {
    expect(verdicts(report)).toEqual([
      ['as applied', 'minimum', 3, 'fits', 'cpu'],
      ['as applied', 'desired', 3, 'fits', 'cpu'],
      ['as applied', 'maximum', 6, 'fits', 'cpu'],
      ['everything rolling', 'desired', 3, 'does not fit', 'memory'],
      ['everything rolling', 'maximum', 6, 'fits', 'cpu'],
      ['autoscalers at maximum', 'desired', 3, 'does not fit', 'memory'],
      ['autoscalers at maximum', 'maximum', 6, 'fits', 'cpu'],
      ['one zone lost', 'desired', 3, 'does not fit', 'memory'],
      ['one zone lost', 'maximum', 6, 'fits', 'cpu'],
    ]);
  });
});

describe("the retail store on the workshop's first cluster, t3.medium, 1 to 4", () => {
  const report = reportOn(manifestsOf(storeOn(FIRST_CLUSTER)));

  test('never fits: memory is short', () => {
    expect(verdicts(report)).toEqual([
      ['as applied', 'minimum', 1, 'does not fit', 'memory'],
      ['as applied', 'desired', 3, 'does not fit', 'memory'],
      ['as applied', 'maximum', 4, 'does not fit', 'memory'],
      ['everything rolling', 'desired', 3, 'does not fit', 'memory'],
      ['everything rolling', 'maximum', 4, 'does not fit', 'memory'],
      ['autoscalers at maximum', 'desired', 3, 'does not fit', 'memory'],
      ['autoscalers at maximum', 'maximum', 4, 'does not fit', 'memory'],
      ['one zone lost', 'desired', 3, 'does not fit', 'memory'],
      ['one zone lost', 'maximum', 4, 'does not fit', 'memory'],
    ]);
  });
});
