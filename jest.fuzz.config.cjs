const unit = require('./jest.config.cjs');

// The tests that draw at random, or stop a program at every step: long, and FUZZ_RUNS makes them longer.
module.exports = {
  ...unit,
  testRegex: [
    'test/core/synthesis/(app-equality|kill|yaml-random)\\.test\\.ts$',
    'test/bad-input/random-values\\.test\\.ts$',
    'test/review/damaged\\.test\\.ts$',
    'test/review/plan/(cluster/coverage|effects/nothing|verdict/damaged)\\.test\\.ts$',
    'test/simulator/node-templates/one-matcher\\.test\\.ts$',
  ],
};
