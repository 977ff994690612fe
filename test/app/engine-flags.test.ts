import * as fs from 'node:fs';
import * as path from 'node:path';
import { flagsFor } from '../../charts/app/engine-flags';
import { REPOSITORY } from './support';

const THRESHOLD = '--interrupt-budget=540672';
const COLLECTION = '--no-parallel-scavenge';
const INLINING = '--max-inlined-bytecode-size-cumulative=300';
const MARKING = '--no-incremental-marking';
const BASELINE = '--baseline-batch-compilation-threshold=1024';

test.each([
  ['Node 20', '11.3.244.8-node.33', [THRESHOLD, COLLECTION, INLINING, MARKING, BASELINE]],
  ['Node 22', '12.4.254.21-node.33', ['--invocation-count-for-turbofan=24000', COLLECTION]],
  ['a version whose flags are not known', '13.6.233.17-node.28', []],
])('%s', (_, v8, flags) => {
  expect(flagsFor(v8, ['--enable-source-maps'])).toEqual(flags);
});

test.each([
  ['the threshold', '--interrupt-budget=1000', [COLLECTION, INLINING, MARKING, BASELINE]],
  ['the collection', '--parallel-scavenge', [THRESHOLD, INLINING, MARKING, BASELINE]],
  ['the collection, with underscores', '--parallel_scavenge', [THRESHOLD, INLINING, MARKING, BASELINE]],
  ['the inlining', '--max-inlined-bytecode-size-cumulative=920', [THRESHOLD, COLLECTION, MARKING, BASELINE]],
  ['the marking', '--incremental-marking', [THRESHOLD, COLLECTION, INLINING, BASELINE]],
  ['the baseline', '--baseline-batch-compilation-threshold=4096', [THRESHOLD, COLLECTION, INLINING, MARKING]],
  ['another flag with the same beginning', '--interrupt-budget-for-feedback-allocation=2', flagsFor('11.3', [])],
])('the command line wins: %s', (_, argument, left) => {
  expect(flagsFor('11.3.244.8', [argument])).toEqual(left);
});

test('are set as their module is loaded', () => {
  const setFlagsFromString = jest.fn();
  jest.isolateModules(() => {
    jest.doMock('node:v8', () => ({ setFlagsFromString }));
    require('../../charts/app/engine-flags');
  });
  expect(setFlagsFromString.mock.calls.flat()).toEqual(flagsFor(process.versions.v8, process.execArgv));
});

test('are the first that the library loads, and no bundler drops them', () => {
  const read = (name: string) => fs.readFileSync(path.join(REPOSITORY, name), 'utf8');
  expect(/^(?:import|export)[^;]*/m.exec(read('charts/index.ts'))?.[0]).toBe("import './app/engine-flags'");
  expect(JSON.parse(read('package.json')).sideEffects).toContain('./charts/app/engine-flags.ts');
});
