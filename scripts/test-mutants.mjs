// Breaks each default, and each thing that default-deny would take away, in a copy of the repository, and reports every
// break that no test notices. Golden files are left out: they would notice any change, without knowing what it means.
//   npm run test:mutants [-- words of the mutants to run]
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { defaults } from './mutants/defaults.mjs';
import { givenBack } from './mutants/given-back.mjs';

const SUITES = [
  'core',
  'pods',
  'config',
  'identity',
  'storage',
  'scaling',
  'tenancy',
  'network',
  'workloads',
  'bad-input',
  'clusterconfig',
  'app',
];
const wanted = process.argv.slice(2).join(' ');
const mutants = [...defaults, ...givenBack].filter(([what]) => what.includes(wanted));

const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
for (const part of [
  'charts',
  'imports',
  'test',
  'examples',
  'main.ts',
  'cdk8s.yaml',
  'package.json',
  'tsconfig.json',
  'jest.config.cjs',
]) {
  cpSync(part, join(copy, part), { recursive: true });
}
symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));

/** Whether the suites pass in the copy. Slow suites that do not look at rendered fields are left out. */
function passes() {
  const paths = SUITES.map((suite) => `/test/${suite}/`);
  const args = [
    'node_modules/jest/bin/jest.js',
    '--bail',
    '--silent',
    '--testPathIgnorePatterns',
    '/synthesis/',
    '/node_modules/',
    'cli',
    ...paths.flatMap((p) => ['--testPathPatterns', p]),
  ];
  return (
    spawnSync(process.execPath, args, { cwd: copy, stdio: 'ignore', env: { ...process.env, FUZZ_RUNS: '20' } })
      .status === 0
  );
}

let survivors = 0;
try {
  if (!passes()) {
    throw new Error('the tests fail before anything is broken');
  }
  for (const [what, file, text, replacement] of mutants) {
    const path = join(copy, file);
    const original = readFileSync(path, 'utf8');
    if (original.split(text).length < 2) {
      throw new Error(`${file} no longer has the text of mutant '${what}': ${text}`);
    }
    writeFileSync(path, original.replace(text, replacement));
    const survived = passes();
    writeFileSync(path, original);
    survivors += survived ? 1 : 0;
    console.log(`${survived ? 'SURVIVED' : 'noticed '}  ${what}  (${file})`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${mutants.length - survivors} noticed, ${survivors} survived`);
process.exitCode = survivors > 0 ? 1 : 0;
