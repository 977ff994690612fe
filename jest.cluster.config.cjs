const unit = require('./jest.config.cjs');

// The tests that need a real control plane; scripts/test-cluster.mjs runs them.
module.exports = {
  ...unit,
  roots: ['<rootDir>/test/cluster'],
  // these are a tier of their own: jest.capacity.config.cjs
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/cluster/capacity/'],
  // scripts/test-cluster.mjs makes this one file of the client, which is published as ES modules only
  moduleNameMapper: {
    ...unit.moduleNameMapper,
    '^@kubernetes/client-node$': `${process.env.CLUSTER_TEST_RUN}/client-node.cjs`,
  },
  // they also wait for controllers; but with more of them two cores do the same work at a higher price
  maxWorkers: 5,
  testTimeout: 300_000,
  testSequencer: '<rootDir>/test/cluster/harness/longest-first.cjs',
};
