import { CASES } from './cases';
import { MINIMAL } from './cases/case';
import type { Json, JsonObject } from './generator/template';
import { judge } from './judge';
import { verdicts } from './oracle';
import { isByAws } from './rule-ids';
import { SHAPE_CASES } from './shape-cases';
import { STRICTER } from './stricter';

const ALL = [...CASES, ...SHAPE_CASES];
const files = ALL.map(({ config }) => withoutUndefined({ ...MINIMAL, ...config }) as JsonObject);
const theirs = verdicts(files.map((file, i) => ({ file: `${i}`, yaml: JSON.stringify(file) })));
const ours = files.map(judge);
const errors = ours.map(({ findings }) => findings.filter(({ severity }) => severity === 'error'));

describe.each(ALL.map((c, i) => [`${c.rule}: ${c.tried}`, c, i] as const))('%s', (_, { eksctl }, i) => {
  test('has the expected verdict from eksctl, and the same from us', () => {
    const { ok, errors: why } = theirs[i]!;
    expect({ eksctl: verdict(ok), ours: verdict(!ours[i]!.refuses), why }).toEqual({ eksctl, ours: eksctl, why });
  });
});

describe.each(SHAPE_CASES.map((c, i) => [`${c.rule}: ${c.tried}`, c, CASES.length + i] as const))('%s', (_, c, i) => {
  test('finds the errors it should', () => {
    expect([...new Set(errors[i]!.map(({ rule }) => rule))].sort()).toEqual([...c.finds].sort());
  });
});

test('the list of rules that are stricter than eksctl has each one that refuses a case, and no other', () => {
  const stricter = new Set(errors.flat().map(({ rule }) => rule));
  // what is wrong with the YAML itself cannot be seen in a case; yaml.test.ts has it
  expect([...stricter].filter(isByAws).concat('L1c').sort()).toEqual(Object.keys(STRICTER).sort());
});

function verdict(accepted: boolean): string {
  return accepted ? 'accepts' : 'refuses';
}

/** `undefined` in a case takes a section out, as it does in JSON. */
function withoutUndefined(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
