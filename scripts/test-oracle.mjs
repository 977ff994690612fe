// Compares our rules with eksctl's and Kubernetes' own code (test/oracle): npm run test:oracle [-- arguments of jest]
import { spawnSync } from 'node:child_process';
import { hasGo } from './lib/go-programs.mjs';
import { build, howToGetIt, locateAll } from './lib/oracle.mjs';

const programs = locateAll();
const missing = programs.filter(({ exists }) => !exists);
if (missing.length > 0 && !hasGo()) {
  console.error(missing.map(howToGetIt).join('\n'));
  process.exit(1);
}
for (const program of missing) {
  console.log(`Building ${program.name} first; the next run finds it.`);
  build(program);
}
const jest = ['node_modules/jest/bin/jest.js', '--config', 'jest.oracle.config.cjs', ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, jest, {
  stdio: 'inherit',
  env: { ...process.env, ...Object.fromEntries(programs.map(({ environment, file }) => [environment, file])) },
});
process.exitCode = status ?? 1;
