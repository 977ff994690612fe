import { podSetsOf } from '../../simulator/pod-sets';
import { CUSTOM_CASES, customManifest } from '../support/custom-workloads';

const TEMPLATE = {
  metadata: { labels: { app: 'train' } },
  spec: { containers: [{ name: 'train', image: 'train:1', resources: { limits: { 'nvidia.com/gpu': '2' } } }] },
};

test.each(CUSTOM_CASES)('the pods of each template of $kind need a place', (one) => {
  const sets = podSetsOf([customManifest(one, TEMPLATE)]);
  expect(sets.map(({ count, asks }) => [count, asks.gpus])).toEqual(Object.values(one.pods).map((count) => [count, 2]));
});
