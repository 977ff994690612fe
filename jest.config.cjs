module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testPathIgnorePatterns: ['/node_modules/', '/test/cluster/', '/test/oracle/'],
  moduleNameMapper: { '^cdk8s-eks-patterns$': '<rootDir>/charts/index.ts' },
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, sourceMaps: 'inline' }],
  },
  collectCoverageFrom: ['charts/**/*.ts', 'kube/**/*.ts'],
  coverageProvider: 'v8',
  maxWorkers: '100%',
};
