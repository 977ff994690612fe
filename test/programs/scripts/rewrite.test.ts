import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as ts from 'typescript';
import { REPOSITORY } from '../../app/support';
import { temporaryFolder } from '../../support/app';

// the compiler alone takes seconds to load when every core is busy
jest.setTimeout(60_000);

const PROGRAM = `
type Pairs = readonly (readonly [number, number?])[];
export const made = (a: object, more: { b: number }) =>
  ({ ...a, more, nested: { ...more, b: 2 }, own: { c: 1, ...more }, copy: { ...a } });
export function sum(pairs: Pairs): number {
  let all = 0;
  for (const [a, b = 10] of pairs) {
    all += a * b;
  }
  return pairs.map(([first]) => first).reduce((a, b) => a + b, all);
}
export function pairs(list: readonly string[], object: Readonly<Record<string, number>>, map: ReadonlyMap<string, number>) {
  const found: unknown[] = [];
  for (const [i, one] of list.entries()) {
    if (one === 'skipped') {
      continue;
    }
    found.push(() => [i, one]);
  }
  for (const [, one] of list.entries()) {
    found.push(one);
  }
  for (const [key, value] of Object.entries(object)) {
    found.push(key, value);
  }
  for (const [i] of list.entries()) {
    found.push(i);
  }
  for (const [key, value] of map.entries()) {
    found.push(key, value);
  }
  return found.map((one) => (typeof one === 'function' ? one() : one));
}
export const ofSet = (set: ReadonlySet<number>) => {
  let all = 0;
  for (const one of set) {
    all += one;
  }
  return all;
};
`;

/** The program as the bundle has it. */
function rewritten(): string {
  const file = path.join(temporaryFolder(), 'program.ts');
  fs.writeFileSync(file, PROGRAM);
  const module = (name: string) => pathToFileURL(path.join(REPOSITORY, 'scripts/lib', `${name}.mjs`)).href;
  const script = `
    import { rewriter } from '${module('rewrite')}';
    import { sharedShapes } from '${module('shared-shapes')}';
    import { indexLoops } from '${module('index-loops')}';
    const [file] = process.argv.slice(1);
    console.log(rewriter([file], { target: 9, strict: true }, [sharedShapes, indexLoops]).written(file));`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script, file], { encoding: 'utf8' });
}

function results(program: string): unknown {
  const { outputText } = ts.transpileModule(program, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported = {} as Record<string, (...args: unknown[]) => unknown>;
  new Function('exports', outputText)(exported);
  return [
    exported.made!({ a: 1, more: 2 }, { b: 3 }),
    exported.sum!([[1, 2], [3]]),
    exported.ofSet!(new Set([1, 2, 3])),
    exported.pairs!(['a', 'skipped', 'b'], { c: 1, d: 2 }, new Map([['e', 3]])),
  ];
}

test('the bundle does the same, with shared hidden classes and without iterators of arrays', () => {
  const text = rewritten();
  expect(text.match(/\.\.\.null/g)).toHaveLength(2);
  expect(text.match(/ of set\)/g)).toHaveLength(1);
  expect(text).not.toContain(' of pairs)');
  expect(text).not.toContain('[first]');
  expect(text.match(/entries\(\)/g)).toEqual(['entries()']);
  expect(text).not.toContain('Object.entries');
  expect(results(text)).toEqual(results(PROGRAM));
});
