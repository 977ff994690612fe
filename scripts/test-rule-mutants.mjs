// Breaks each review rule by syntax: it reports nothing, it reports what is good, a comparison says the opposite or is off by
// one, 'and' is 'or'. Reports every break that no test of the review notices.
//   npm run test:mutants -- --rules [words in the paths of the rules]
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { withMutants } from './lib/rule-mutants.mjs';

const RULES = 'review/rules';
/** Tests of rules, without those that try random sets, which take long and notice crashes alone, and without snapshots. */
const TESTS = ['test/review/rules', 'test/review/cluster', 'test/review', 'test/trials'];
const LEFT_OUT = new Set([
  'baseline.test.ts',
  'damaged.test.ts',
  'rules-index.test.ts',
  'rules-page.test.ts',
  'entry-point.test.ts',
]);
const COPIED = [
  'bin',
  'charts',
  'eks',
  'eksctl',
  'imports',
  'kube',
  'review',
  'scripts',
  'simulator',
  'test',
  'testing',
  'tsconfig.json',
  'package.json',
  'docs',
  'dist',
  'examples',
];

const words = process.argv
  .slice(2)
  .filter((word) => word !== '--rules')
  .join(' ');
const files = readdirSync(RULES, { recursive: true })
  .map((name) => join(RULES, name))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('index.ts') && file.includes(words))
  .sort();
const copy = mkdtempSync(join(tmpdir(), 'rule-mutants-'));
const mutants = [];
try {
  for (const part of COPIED) {
    cpSync(part, join(copy, part), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  for (const file of files) {
    const changed = withMutants(file, readFileSync(file, 'utf8'), mutants.length);
    mutants.push(...changed.mutants);
    writeFileSync(join(copy, file), changed.text);
  }
  const tests = [...new Set(TESTS.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))))].filter(
    (file) => file.endsWith('.test.ts') && !LEFT_OUT.has(file.split('/').at(-1)),
  );
  writeFileSync(join(copy, 'mutants.json'), JSON.stringify({ files: tests, mutants }));
  const survivors = await run();
  console.log(`${mutants.length - survivors.length} noticed, ${survivors.length} survived, of ${files.length} rules`);
  process.exitCode = survivors.length > 0 ? 1 : 0;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/** Runs all mutants in one process; those that no test fails for. */
async function run() {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/lib/rule-mutant-runner.mts', 'mutants.json'], {
    cwd: copy,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const survivors = [];
  let told = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const said = line.startsWith('{') ? JSON.parse(line) : {};
    if (said.unusable) {
      console.log(`left out, since it fails by itself here: ${said.unusable}`);
    } else if (said.id !== undefined) {
      told++;
      if (said.by === undefined) {
        const { file, line, what } = mutants[said.id];
        survivors.push(said.id);
        console.log(`SURVIVED  ${file}:${line}  ${what}`);
      }
    }
  }
  if (told !== mutants.length) {
    throw new Error(`only ${told} of ${mutants.length} mutants were tried`);
  }
  return survivors;
}
