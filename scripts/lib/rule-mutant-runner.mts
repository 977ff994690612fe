// Runs tests once to see which of them come by which mutant, then those tests for each mutant. In a copy whose rules have
// their mutants in them; reads { tests, mutants } and prints a line of JSON for each mutant.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(resolve('package.json'));
const { expect } = require('expect');
const { bind } = require('jest-each');
const { ModuleMocker } = require('jest-mock');

type Run = () => unknown;
interface Test {
  readonly name: string;
  readonly before: readonly Run[];
  readonly after: readonly Run[];
  readonly run: (done?: unknown) => unknown;
  readonly covers: Set<number>;
}

const tests: Test[] = [];
let scope: { name: string; before: Run[]; after: Run[] } = { name: '', before: [], after: [] };
let covered: Set<number> | undefined;
let active = -1;

const test = (name: string, run: Run): void => {
  const { before, after } = scope;
  tests.push({ name: `${scope.name} ${name}`.trim(), before, after, run, covers: new Set() });
};
const describe = (name: string, body: () => void): void => {
  const outer = scope;
  scope = { name: `${outer.name} ${name}`, before: [...outer.before], after: [...outer.after] };
  body();
  scope = outer;
};
const before = (run: Run) => void scope.before.push(run);
const after = (run: Run) => void scope.after.unshift(run);
Object.assign(globalThis, {
  expect,
  test: Object.assign(test, { each: bind(test) }),
  it: test,
  describe: Object.assign(describe, { each: bind(describe) }),
  beforeAll: before,
  beforeEach: before,
  afterAll: after,
  afterEach: after,
  jest: Object.assign(new ModuleMocker(globalThis), { setTimeout: () => undefined }),
  mutant: (id: number): boolean => {
    covered?.add(id);
    return id === active;
  },
});

/** Whether a test passes. */
async function passes({ before, after, run }: Test): Promise<boolean> {
  try {
    for (const hook of before) {
      await hook();
    }
    await run();
    return true;
  } catch {
    return false;
  } finally {
    for (const hook of after) {
      try {
        await hook();
      } catch {}
    }
  }
}

const { files, mutants } = JSON.parse(readFileSync(process.argv[2]!, 'utf8'));
for (const file of files as string[]) {
  scope = { name: file, before: [], after: [] };
  await import(pathToFileURL(resolve(file)).href);
}
const asked: Test[] = [];
const slow = new Map<Test, number>();
for (const one of tests) {
  covered = one.covers;
  const start = performance.now();
  if (await passes(one)) {
    asked.push(one);
    slow.set(one, performance.now() - start);
  } else {
    console.log(JSON.stringify({ unusable: one.name }));
  }
}
covered = undefined;
asked.sort((a, b) => slow.get(a)! - slow.get(b)!);
/** Nearly every test comes by some conditions; beyond these, none is about the rule. */
const MOST = 200;
for (const { id, file } of mutants as { readonly id: number; readonly file: string }[]) {
  active = id;
  const [topic, name] = file.replace(/\.ts$/, '').split('/').slice(-2) as [string, string];
  const nearness = (one: Test) => (one.name.includes(`${topic}/${name}`) ? 0 : one.name.includes(topic) ? 1 : 2);
  const near = asked
    .filter(({ covers }) => covers.has(id))
    .sort((a, b) => nearness(a) - nearness(b))
    .slice(0, MOST);
  let by: string | undefined;
  for (const one of near) {
    if (!(await passes(one))) {
      by = one.name;
      break;
    }
  }
  active = -1;
  console.log(JSON.stringify({ id, tests: near.length, by }));
}
