import { setFlagsFromString } from 'node:v8';
import { optimizeLater } from '../../charts/app/optimization';

jest.mock('node:v8', () => ({ ...jest.requireActual<object>('node:v8'), setFlagsFromString: jest.fn() }));

const { execArgv, versions } = process;

function flagsOn(v8: string, ...args: readonly string[]): unknown[] {
  Object.defineProperty(process, 'versions', { value: { ...versions, v8 }, configurable: true });
  process.execArgv = [...args];
  jest.mocked(setFlagsFromString).mockClear();
  optimizeLater();
  return jest.mocked(setFlagsFromString).mock.calls.flat();
}

afterEach(() => {
  Object.defineProperty(process, 'versions', { value: versions, configurable: true });
  process.execArgv = execArgv;
});

test.each([
  ['Node 20', '11.3.244.8-node.33', ['--interrupt-budget=540672']],
  ['Node 22', '12.4.254.21-node.33', ['--invocation-count-for-turbofan=24000']],
  ['a version whose flags are not known', '13.6.233.17-node.28', []],
])('%s', (_, v8, flags) => {
  expect(flagsOn(v8)).toEqual(flags);
});

test('a threshold on the command line wins', () => {
  expect(flagsOn('11.3.244.8', '--interrupt-budget=1000')).toEqual([]);
});
