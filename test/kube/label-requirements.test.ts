import fc from 'fast-check';
import { ABSENT, ANY, allows, isImpossible, meets, narrow, oneOf } from '../../kube/label-requirements';

const VALUES = ['a', 'b', '-1', '0', '1', '2', '3', '10', '1.5', ''];
const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Gte', 'Lt', 'Lte', 'Like'];
const expressions = fc.array(
  fc.record({
    key: fc.constant('key'),
    operator: fc.constantFrom(...OPERATORS),
    values: fc.array(fc.constantFrom(...VALUES), { maxLength: 2 }),
  }),
  { maxLength: 3 },
);

test.each([
  ['Gt', '3', '4', true],
  ['Gt', '3', '3', false],
  ['Gte', '3', '3', true],
  ['Lt', '3', '2', true],
  ['Lt', '3', '3', false],
  ['Lte', '3', '3', true],
  ['Gt', '-2', '-1', true],
  ['Gt', '3', '4.5', false],
  ['Gt', '3', 'many', false],
  ['Gt', '', '4', false],
  ['Like', '4', '4', false],
])('%s %p of %p: %p', (operator, bound, value, expected) => {
  expect(meets({ key: 'key', operator, values: [bound] }, value)).toBe(expected);
});

test.each(OPERATORS)('%s of a missing label', (operator) => {
  expect(meets({ key: 'key', operator, values: ['1'] }, undefined)).toBe(['NotIn', 'DoesNotExist'].includes(operator));
});

test('a value is left under some conditions exactly if it meets each of them', () => {
  fc.assert(
    fc.property(expressions, fc.option(fc.constantFrom(...VALUES), { nil: undefined }), (all, value) => {
      const each = all.every((expression) => meets(expression, value));
      const left = all.reduce(narrow, ANY);
      expect(value === undefined ? left.absent : allows(left, value)).toBe(each);
      // a concrete label is the special case of one value
      const concrete = all.reduce(narrow, value === undefined ? ABSENT : oneOf([value]));
      expect(isImpossible(concrete)).toBe(!each);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  [
    'nothing between',
    [
      ['Gt', '3'],
      ['Lt', '4'],
    ],
    true,
  ],
  [
    'one between',
    [
      ['Gt', '3'],
      ['Lt', '5'],
    ],
    false,
  ],
  [
    'two values',
    [
      ['In', 'a'],
      ['In', 'b'],
    ],
    true,
  ],
  ['there and not', [['Exists'], ['DoesNotExist']], true],
])('%s', (_, conditions, impossible) => {
  const all = conditions.map(([operator, ...values]) => ({ key: 'key', operator: operator!, values }));
  expect(isImpossible(all.reduce(narrow, ANY))).toBe(impossible);
});
