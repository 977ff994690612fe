import type { Toleration } from '../../imports/kubernetes';
import { tolerates } from '../../kube/tolerations';

const TAINT = { key: 'load', value: '5', effect: 'NoSchedule' };

test.each<[Toleration, boolean]>([
  [{ key: 'load', value: '5' }, true],
  [{ key: 'load', value: '5', operator: 'Equal', effect: 'NoSchedule' }, true],
  [{ key: 'load', value: '4' }, false],
  [{ key: 'load' }, false],
  [{ key: 'load', operator: 'Exists' }, true],
  [{ key: 'load', operator: 'Exists', effect: 'NoExecute' }, false],
  [{ key: 'team', operator: 'Exists' }, false],
  [{ operator: 'Exists' }, true],
  [{ operator: 'Exists', effect: 'NoExecute' }, false],
  // without a key only Exists is valid
  [{ value: '5' }, false],
  [{ key: 'load', operator: 'Gt', value: '4' }, true],
  [{ key: 'load', operator: 'Gt', value: '5' }, false],
  [{ key: 'load', operator: 'Lt', value: '6' }, true],
  [{ key: 'load', operator: 'Lt', value: '5' }, false],
  [{ key: 'load', operator: 'Lt', value: 'many' }, false],
  [{ key: 'load', operator: 'Lt', value: '+6' }, false],
  [{ key: 'load', operator: 'Gt', value: '04' }, false],
  [{ key: 'load', operator: 'Lt' }, false],
])('%j tolerates load=5:NoSchedule: %p', (toleration, expected) => {
  expect(tolerates(toleration, TAINT)).toBe(expected);
});

test('a taint without a value equals an empty one, and compares with nothing', () => {
  const taint = { key: 'load', effect: 'NoSchedule' };
  expect(tolerates({ key: 'load' }, taint)).toBe(true);
  expect(tolerates({ key: 'load', operator: 'Lt', value: '1' }, taint)).toBe(false);
});
