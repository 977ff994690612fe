module.exports = {
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  roots: ['<rootDir>/test'],
  testPathIgnorePatterns: ['/node_modules/', '/test/cluster/', '/test/oracle/', '/test/programs/'],
  moduleNameMapper: {
    '^cdk8s-eks-patterns$': '<rootDir>/charts/index.ts',
    '^cdk8s-eks-patterns/(\\w+)$': '<rootDir>/$1/index.ts',
  },
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, sourceMaps: 'inline' }],
  },
  collectCoverageFrom: ['{bin,testing,charts,review,simulator,eksctl,eks,kube}/**/*.ts'],
  coverageProvider: 'v8',
  maxWorkers: '100%',
};
