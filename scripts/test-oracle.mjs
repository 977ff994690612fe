// Compares our rules with eksctl's own code (test/oracle): npm run test:oracle [-- arguments of jest]
import { spawnSync } from 'node:child_process';
import { hasGo } from './lib/go-programs.mjs';
import { build, HOW_TO_GET_IT, locate } from './lib/oracle.mjs';

const { file, exists } = locate();
if (!exists && !hasGo()) {
  console.error(HOW_TO_GET_IT);
  process.exit(1);
}
if (!exists) {
  console.log('Building eksctl-oracle first; the next run finds it.');
  build();
}
const jest = ['node_modules/jest/bin/jest.js', '--config', 'jest.oracle.config.cjs', ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, jest, {
  stdio: 'inherit',
  env: { ...process.env, EKSCTL_ORACLE: file },
});
process.exitCode = status ?? 1;
