const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Files that take long, the longest first: jest knows that of its last run only, and on a fresh machine there is none. Those
 * on admission wait for nothing, so they go where the others leave the cores something.
 */
const LONGEST = [
  'upgrade',
  'plan-effects',
  'stateful-storage',
  'zone-loss',
  'stateful-rollout',
  'autoscaling',
  'admission-1.36',
  'stateful-order',
  'showcase',
  'examples',
  'admission-1.35',
  'rollout',
  'spread',
  'drain',
  'admission-1.34',
  'capacity/first-cluster-all-nodes',
];

const rank = ({ path }) => {
  const found = LONGEST.findIndex((name) => path.endsWith(`/${name}.test.ts`));
  return found === -1 ? LONGEST.length : found;
};

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};
