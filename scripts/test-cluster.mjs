// Runs tests against a real Kubernetes control plane: npm run test:cluster [-- arguments of jest], or test:capacity
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { locate } from './lib/control-plane.mjs';
import { hasGo } from './lib/go-programs.mjs';

const programs = locate();
const missing = programs.filter(({ exists }) => !exists).map(({ name }) => name);
if (missing.length > 0) {
  const how = hasGo() ? 'run: npm run control-plane' : 'install Go 1.26 or later and run: npm run control-plane';
  console.error(`no control plane: ${missing.join(', ')} missing; ${how}`);
  process.exit(1);
}
const CONTROL_PLANE_PROGRAMS = JSON.stringify(Object.fromEntries(programs.map(({ name, file }) => [name, file])));
// memory for speed: collecting garbage less often saves a third of the work of these programs, most of all that of kubectl
const GOGC = process.env.GOGC ?? '400';
// the test files side by side keep the cores busy; a second thread in each of their programs only adds switches between them
const GOMAXPROCS = process.env.GOMAXPROCS ?? '1';
const asked = process.argv.slice(2);
const config = asked[0]?.endsWith('.config.cjs') ? asked.shift() : 'jest.cluster.config.cjs';
const jest = ['node_modules/jest/bin/jest.js', '--config', config, ...asked];
// what the test files of this run share
const CLUSTER_TEST_RUN = mkdtempSync(join(tmpdir(), 'cluster-test-run-'));
// the client is a thousand ES modules: as one file each test file has it in a fraction of the time
buildSync({
  entryPoints: ['@kubernetes/client-node'],
  outfile: join(CLUSTER_TEST_RUN, 'client-node.cjs'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  minifyWhitespace: true,
  logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, jest, {
  stdio: 'inherit',
  env: { ...process.env, CLUSTER_TEST_RUN, CONTROL_PLANE_PROGRAMS, GOGC, GOMAXPROCS },
});
rmSync(CLUSTER_TEST_RUN, { recursive: true, force: true });
process.exitCode = status ?? 1;
