const unit = require('./jest.config.cjs');

// The tests that ask eksctl's and Kubernetes' own code; scripts/test-oracle.mjs runs them.
module.exports = {
  ...unit,
  roots: ['<rootDir>/test/oracle'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
};
