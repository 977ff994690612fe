import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { REPOSITORY } from '../../app/support';
import { temporaryFolder } from '../../support/app';

// the compiler alone takes seconds to load when every core is busy
jest.setTimeout(60_000);

const LARGE = Array.from({ length: 200 }, (_, i) => `all.push([${i}, 'item ${i}', { of: all.length }]);`).join('\n');
const SCRIPT = `
exports.above = declared(2);
function declared(n, { by = n } = {}) { return n * by; }
function never() { const all = []; ${LARGE} return all; }
function* counted() { yield 1; yield 2; }
exports.arrow = ((n, more = n) => { return n + more; })(3);
exports.own = (() => { return this === exports; })();
exports.rule = { check: (n) => { return declared(n); }, asked: async (n) => { return n; }, short: (n) => n };
exports.names = [declared.name, exports.rule.check.name];
exports.made = new (class { method() { return [...counted()]; } })().method();
exports.checked = [exports.rule.check(4), exports.rule.short(5)];
exports.asked = exports.rule.asked(6);
`;

const node = (script: string, ...args: string[]) =>
  execFileSync(process.execPath, [...args, '--input-type=module', '-e', script], { encoding: 'utf8', stdio: 'pipe' });

describe('functions that run', () => {
  const folder = temporaryFolder();
  const file = (name: string) => path.join(folder, name);
  fs.writeFileSync(file('plain.cjs'), SCRIPT);
  const module = pathToFileURL(path.join(REPOSITORY, 'scripts/lib/early-functions.mjs')).href;
  node(`
    import { execFileSync } from 'node:child_process';
    import { readFileSync, writeFileSync } from 'node:fs';
    import { functionsRun, withEarlyFunctions } from '${module}';
    const env = { ...process.env, NODE_V8_COVERAGE: ${JSON.stringify(file('coverage'))} };
    const plain = ${JSON.stringify(file('plain.cjs'))};
    execFileSync(process.execPath, [plain], { env });
    const text = readFileSync(plain, 'utf8');
    const places = functionsRun(env.NODE_V8_COVERAGE).get(plain);
    writeFileSync(${JSON.stringify(file('early.cjs'))}, withEarlyFunctions(text, places));
    const all = { has: () => true };
    writeFileSync(${JSON.stringify(file('all.cjs'))}, withEarlyFunctions(text, all));`);
  const text = fs.readFileSync(file('early.cjs'), 'utf8');

  test.each([
    ['declared functions, above what calls them', '(function declared(n, { by = n } = {}) {'],
    ['generators', '(function* counted() {'],
    ['arrow functions', 'exports.arrow = ((function (n, more = n) {'],
    ['arrow functions of objects', 'check: (function (n) {'],
    ['asynchronous ones', 'asked: (async function (n) {'],
  ])('are in parentheses: %s', (_, written) => {
    expect(text).toContain(written);
  });

  test.each([
    ['what did not run', '\nfunction never() {'],
    ['what is asked who called it', '(() => { return this === exports; })()'],
    ['methods', 'method() {'],
    ['what has no statements', 'short: (n) => n'],
  ])('not so %s', (_, written) => {
    expect(text).toContain(written);
  });

  test('do what they did', () => {
    const [plain, early, all] = ['plain', 'early', 'all'].map((name) =>
      JSON.parse(
        node(`import made from '${pathToFileURL(file(`${name}.cjs`)).href}'; console.log(JSON.stringify(made))`),
      ),
    );
    expect(plain).toMatchObject({ above: 4, arrow: 6, own: true, names: ['declared', 'check'], made: [1, 2] });
    expect(early).toEqual(plain);
    expect(all).toEqual(plain);
  });

  test('are compiled as their file is read', () => {
    const compiled = (name: string) =>
      Number(
        node(`
          import { createRequire } from 'node:module';
          import { getHeapCodeStatistics } from 'node:v8';
          const size = () => getHeapCodeStatistics().bytecode_and_metadata_size;
          const before = size();
          createRequire('/')(${JSON.stringify(file(name))});
          console.log(size() - before);`),
      );
    // the large one never runs
    expect(compiled('all.cjs')).toBeGreaterThan(compiled('early.cjs') + 2000);
  });
});
