import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { REPOSITORY } from '../../app/support';
import { temporaryFolder } from '../../support/app';

// the compiler alone takes seconds to load when every core is busy
jest.setTimeout(120_000);

const script = (name: string) => pathToFileURL(path.join(REPOSITORY, 'scripts/lib', `${name}.mjs`)).href;
const node = (...args: string[]) => execFileSync(process.execPath, args, { encoding: 'utf8', stdio: 'pipe' });

/** `a` and `b` are loaded late; both use `common`, which the first file does not, and `a` uses `own` alone. */
const PROGRAM: Readonly<Record<string, string>> = {
  'index.ts': `
    import { type A, makeA } from './a';
    import { makeB } from './b';
    import { state } from './state';
    export { makeA as direct } from './a';
    export const a = (): A => makeA(1);
    export const table = () => ({ makeB, made: [makeB()] });
    export { state };`,
  'a.ts': `
    import { common } from './common';
    import { own } from './own';
    import { Base, state } from './state';
    export class A extends Base { readonly of = [own, common]; }
    export function makeA(this: unknown, by: number): A { state.count += by; if (Object(this).makeA) throw new Error('this'); return new A(); }`,
  'b.ts': `
    import { makeA } from './a';
    import { common } from './common';
    export const makeB = () => [common, makeA.call(undefined, 10)];`,
  'common.ts': "export const common = { name: 'common' };",
  'own.ts': "export const own = 'only of a';",
  'state.ts': 'export const state = { count: 0 }; export class Base {}',
};

/** Bundles a program into a folder, with the modules a and b late; the files that it has. */
function bundled(program: Readonly<Record<string, string>>): { folder: string; files: string[] } {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(program)) {
    fs.writeFileSync(path.join(folder, name), text);
  }
  node(
    '--input-type=module',
    '-e',
    `import { rewriter } from '${script('rewrite')}';
     import { lateBundler } from '${script('late-bundle')}';
     const root = ${JSON.stringify(folder)};
     const { program, checker, written } = rewriter([root + '/index.ts'], { target: 9, strict: true }, []);
     const late = { a: ['a'], b: ['b'] };
     const options = { platform: 'node', format: 'cjs', logLevel: 'error' };
     const bundle = lateBundler({ root, program, checker, written, late, options, plugins: () => [] });
     await bundle("export * from './index';", ['a'], root + '/out/main.js');`,
  );
  return { folder, files: fs.readdirSync(path.join(folder, 'out'), { recursive: true, encoding: 'utf8' }).sort() };
}

const changed = (name: string, from: string, to: string) => {
  expect(PROGRAM[name]).toContain(from);
  return { ...PROGRAM, [name]: PROGRAM[name]!.replace(from, to) };
};

describe('modules that are loaded late', () => {
  const { folder, files } = bundled(PROGRAM);
  const text = (file: string) => fs.readFileSync(path.join(folder, 'out', file), 'utf8');

  test('have files of their own, with what only they need', () => {
    expect(files).toEqual(['main', 'main.js', 'main/a.js', 'main/b.js']);
    expect(text('main/a.js')).toContain('only of a');
    expect(text('main.js')).not.toContain('only of a');
  });

  test('share with each other what both need', () => {
    expect(['main.js', 'main/a.js', 'main/b.js'].filter((file) => text(file).includes('name: "common"'))).toEqual([
      'main.js',
    ]);
  });

  test('are read when they are used, once, and see the state of the first file', () => {
    const said = node(
      '-e',
      `const main = require(${JSON.stringify(path.join(folder, 'out', 'main.js'))});
       const loaded = () => Object.keys(require.cache).length;
       const counts = [loaded()];
       const one = main.a();
       counts.push(loaded(), main.state.count);
       const { makeB, made } = main.table();
       counts.push(loaded(), main.state.count, made[0][0] === one.of[1], typeof makeB, one.constructor.name);
       console.log(JSON.stringify(counts));`,
    );
    expect(JSON.parse(said)).toEqual([1, 2, 1, 3, 11, true, 'function', 'A']);
  });
});

describe('refused is', () => {
  test.each([
    [
      'what is used while its file is loaded',
      changed('index.ts', 'const table = () =>', 'const table ='),
      'as it is loaded',
    ],
    [
      'what is taken by way of another module',
      { ...changed('b.ts', './a', './state'), 'state.ts': `${PROGRAM['state.ts']} export { makeA } from './a';` },
      'from its own module',
    ],
    ['a whole module', changed('b.ts', '{ makeA }', '* as makeA'), 'take names from'],
  ])('%s', (_, program, message) => {
    expect(() => bundled(program)).toThrow(message);
  });
});
