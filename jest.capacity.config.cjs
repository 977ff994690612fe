const cluster = require('./jest.cluster.config.cjs');

// Whether kube-scheduler agrees with the capacity report; scripts/test-cluster.mjs runs them: npm run test:capacity
module.exports = {
  ...cluster,
  roots: ['<rootDir>/test/cluster/capacity'],
  testPathIgnorePatterns: ['/node_modules/'],
};
