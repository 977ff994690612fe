// The README's programs, run beside the installed package, for scripts/test-package.mjs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryPoints } from './entry-points.mjs';
import { read } from './files.mjs';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const EXAMPLE = join(REPOSITORY, 'examples', 'first-program');
const ENTRIES = entryPoints(REPOSITORY);

/** The examples of the README's parts on entry points and tests compile and run, after the first program. */
export function checkReadme(user, run) {
  const folder = join(user, 'readme');
  mkdirSync(folder);
  const shop = read(join(EXAMPLE, 'main.ts'))
    .replace(/^const app = .*$/m, 'export function addShop(app: EksApp): void {')
    .replace(/^app\.synth\(\);$/m, '}');
  writeFileSync(join(folder, 'shop.ts'), shop);
  // what a test framework has, as far as the example goes
  const framework = `
    import { deepEqual } from 'node:assert/strict';
    const test = (_name: string, run: () => void) => run();
    const expect = (value: unknown) => ({ toBe: (other: unknown) => deepEqual(value, other) });
    void [test, expect];
`;
  const [, text] = /^## Testing your app\n([\s\S]*?)^## Limitations/m.exec(read(join(REPOSITORY, 'README.md'))) ?? [];
  const programs = [...(text ?? '').matchAll(/^( *)```ts\n([\s\S]*?)^ *```/gm)].map(([, , code]) => code);
  const files = programs.map((code, index) => {
    const file = join(folder, `${index}.ts`);
    writeFileSync(file, framework + code);
    return file;
  });
  const include = ['*.ts'];
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../tsconfig.json', include }));
  run(user, 'npx', 'tsc', '--noEmit', '--skipLibCheck', '-p', folder);
  for (const file of files) {
    run(user, process.execPath, '--import', 'tsx', file);
  }
  const untested = ENTRIES.filter(({ specifier }) => !programs.some((code) => code.includes(`from '${specifier}'`)));
  return untested.map(({ specifier }) => `the README has no example of ${specifier}`);
}
