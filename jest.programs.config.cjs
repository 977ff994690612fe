const unit = require('./jest.config.cjs');

// The tests that start programs: the CLI of cdk8s, programs of users, the scripts of this repository.
module.exports = {
  ...unit,
  roots: ['<rootDir>/test/programs'],
  testPathIgnorePatterns: ['/node_modules/'],
  // a compiler or the CLI takes some seconds to start, and longer on a busy machine
  testTimeout: 60_000,
};
