const unit = require('./jest.config.cjs');
const [transform] = Object.values(unit.transform);

// The tests that need a real control plane; scripts/test-cluster.mjs runs them.
module.exports = {
  ...unit,
  roots: ['<rootDir>/test/cluster'],
  testPathIgnorePatterns: ['/node_modules/'],
  transform: { '^.+\\.[jt]s$': transform },
  // the client of Kubernetes and a part of it are published as ES modules only
  transformIgnorePatterns: [
    '/node_modules/(?!(@kubernetes/client-node|jose|jsonpath-plus|oauth4webapi|openid-client)/)',
  ],
  // they also wait for controllers; but with more of them two cores do the same work at a higher price
  maxWorkers: 4,
  testTimeout: 300_000,
  testSequencer: '<rootDir>/test/cluster/harness/longest-first.cjs',
};
