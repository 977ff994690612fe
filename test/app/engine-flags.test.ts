import { flagsFor } from '../../charts/app/engine-flags';

test.each([
  ['Node 20', '11.3.244.8-node.33', ['--interrupt-budget=540672', '--no-parallel-scavenge']],
  ['Node 22', '12.4.254.21-node.33', ['--invocation-count-for-turbofan=24000', '--no-parallel-scavenge']],
  ['a version whose flags are not known', '13.6.233.17-node.28', []],
])('%s', (_, v8, flags) => {
  expect(flagsFor(v8, ['--enable-source-maps'])).toEqual(flags);
});

test.each([
  ['the threshold', '--interrupt-budget=1000', ['--no-parallel-scavenge']],
  ['the collection', '--parallel-scavenge', ['--interrupt-budget=540672']],
  ['the collection, with underscores', '--parallel_scavenge', ['--interrupt-budget=540672']],
  ['another flag with the same beginning', '--interrupt-budget-for-feedback-allocation=2', flagsFor('11.3', [])],
])('the command line wins: %s', (_, argument, left) => {
  expect(flagsFor('11.3.244.8', [argument])).toEqual(left);
});
