import { thresholdFor } from '../../charts/app/optimization';

test.each([
  ['Node 20', '11.3.244.8-node.33', '--interrupt-budget=540672'],
  ['Node 22', '12.4.254.21-node.33', '--invocation-count-for-turbofan=24000'],
  ['a version whose flags are not known', '13.6.233.17-node.28', undefined],
])('%s', (_, v8, flag) => {
  expect(thresholdFor(v8, ['--enable-source-maps'])).toBe(flag);
});

test('a threshold on the command line wins', () => {
  expect(thresholdFor('11.3.244.8', ['--interrupt-budget=1000'])).toBeUndefined();
});
