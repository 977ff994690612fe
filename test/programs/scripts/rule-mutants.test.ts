import { transformSync } from 'esbuild';
import { callAll } from '../../support/script-module';

const RULE = `
import type { Rule } from '../../rule';
export const rule: Rule = {
  id: 'own/least',
  check: ({ inventory }, report) => {
    for (let i = 0; i < inventory.objects.length; i++) {
      const { replicas } = inventory.objects[i];
      if (inventory.none?.some(Boolean)) {
        continue;
      }
      if (!(replicas >= 2) && [replicas].some((n) => n !== 0)) {
        report(inventory.objects[i], { message: 'too few' });
      }
    }
  },
};
`;
const object = (replicas: number) => ({ replicas });

interface Mutant {
  readonly id: number;
  readonly line: number;
  readonly what: string;
}

/** The rule with its mutants, and what it reports of numbers of replicas when one is on. */
async function mutated(): Promise<{
  mutants: readonly Mutant[];
  reports: (id: number, ...replicas: number[]) => number[];
}> {
  const [{ text, mutants }] = await callAll('scripts/lib/rule-mutants.mjs', [['withMutants', 'rule.ts', RULE, 7]]);
  const { code } = transformSync(text, { loader: 'ts', format: 'cjs' });
  const module = {
    exports: {} as { rule: { check: (input: object, report: (one: { replicas: number }) => void) => void } },
  };
  new Function('module', 'exports', 'require', code)(module, module.exports, require);
  return {
    mutants,
    reports: (id, ...replicas) => {
      Object.assign(globalThis, { mutant: (one: number) => one === id });
      const found: number[] = [];
      const inventory = { objects: replicas.map(object) };
      module.exports.rule.check({ inventory }, (one) => void found.push(one.replicas));
      return found;
    },
  };
}

test('every condition has a mutant, but those of loops, and each check has two', async () => {
  const { mutants } = await mutated();
  expect(mutants.map(({ id, line, what }) => `${id} ${line} ${what}`)).toEqual([
    "7 8 some is every in 'inventory.none?.some(Boolean)'",
    "8 11 >= is > in 'replicas >= 2'",
    "9 11 '!(replicas >= 2)' without !",
    "10 11 !== is === in 'n !== 0'",
    "11 11 some is every in '[replicas].some((n) => n !== 0)'",
    "12 11 && is || in '!(replicas >= 2) && [replicas].some((n) => n !== 0)'",
    '13 5 reports nothing',
    '14 5 reports what is good',
  ]);
}, 60_000);

test.each([
  [-1, [1]],
  [7, [1]],
  [8, [1, 2]],
  [9, [2, 3]],
  [10, [0]],
  [11, [1]],
  [12, [0, 1, 2, 3]],
  [13, []],
  [14, [0]],
])(
  'with mutant %i of 0 to 3 replicas %j are reported',
  async (id, found) => {
    const { reports } = await mutated();
    expect(reports(id, 0, 1, 2, 3)).toEqual(found);
  },
  60_000,
);
