// Breaks each default, and each thing that default-deny would take away, in a copy of the repository, and reports every
// break that no test notices. Golden files are left out: they would notice any change, without knowing what it means.
//   npm run test:mutants [-- words in the names of the mutants to run]
//   npm run test:mutants -- --cluster [words]   breaks promises of behaviour, and asks the tests on a real control plane
//   npm run test:mutants -- --rules [words]     breaks every condition of the review rules, and asks the tests of the review
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { librarySources, mutate, staleMutants } from './lib/mutate.mjs';
import { clusterMutants, unitMutants } from './mutants/index.mjs';

/** Folders of tests that do not look at what the library does, or need programs of their own. */
const NOT_ASKED = new Set([
  'architecture',
  'cluster',
  'golden',
  'linters',
  'oracle',
  'repository',
  'schema',
  'scripts',
  'support',
  'types',
]);
const SUITES = readdirSync('test').filter((folder) => !NOT_ASKED.has(folder));
/** Where the tests of a room are, when the folder has another name; asked first, since they most likely notice. */
const NEAREST = { cluster: 'clusterconfig' };

const LIST_FILES = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
/** All that the repository holds at its top: what tests read is not listed by anybody. */
const COPIED = new Set(
  execFileSync('git', LIST_FILES, { encoding: 'utf8' })
    .split('\0')
    .flatMap((file) => file.split('/')[0] || []),
);

/** A copy of the repository in which one mutant at a time is tried. */
function makeCopy() {
  const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
  for (const part of COPIED) {
    cpSync(part, join(copy, part), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** Whether a program of Node ends well in a copy. */
function succeeds(copy, args, env = {}) {
  const child = spawn(process.execPath, args, { cwd: copy, stdio: 'ignore', env: { ...process.env, ...env } });
  return new Promise((done) => child.once('close', (status) => done(status === 0)));
}

/** Whether suites pass in a copy. Suites that do not look at rendered fields, and are slow, are left out. */
function passes(copy, suites) {
  const ignored = ['--testPathIgnorePatterns', '/synthesis/'];
  const wanted = suites.flatMap((suite) => ['--testPathPatterns', `/test/${suite}/`]);
  const args = ['node_modules/jest/bin/jest.js', '--bail', '--silent', '--runInBand', '--passWithNoTests'];
  return succeeds(copy, [...args, ...ignored, ...wanted], { FUZZ_RUNS: '20' });
}

/** Every room of tests is asked, the nearest first. */
const unitTier = {
  mutants: unitMutants,
  copies: availableParallelism(),
  passesUnbroken: (copy) => passes(copy, SUITES),
  passes: async (copy, file) => {
    const [room, folder] = file.split('/');
    const nearest = room === 'charts' ? (NEAREST[folder] ?? folder) : room;
    const near = SUITES.filter((suite) => suite === nearest);
    const others = SUITES.filter((suite) => !near.includes(suite));
    return (near.length === 0 || (await passes(copy, near))) && (await passes(copy, others));
  },
};

/** Each mutant names the one test file that must notice. Planes mostly wait, so there are more of them than cores. */
const runClusterTests = (copy, files) =>
  succeeds(copy, [
    'scripts/test-cluster.mjs',
    '--bail',
    '--silent',
    ...files.map((file) => `/test/cluster/${file}\\.`),
  ]);
const clusterTier = {
  mutants: clusterMutants,
  copies: availableParallelism() * 2,
  passesUnbroken: (copy, mutants) => runClusterTests(copy, [...new Set(mutants.map(([, , , { test }]) => test))]),
  passes: (copy, _, [, , , { test }]) => runClusterTests(copy, [test]),
};

const sources = librarySources();

async function survives(tier, copy, mutant, { file, text }) {
  const path = join(copy, file);
  const original = readFileSync(path, 'utf8');
  writeFileSync(path, text);
  try {
    return await tier.passes(copy, file, mutant);
  } finally {
    writeFileSync(path, original);
  }
}

const asked = process.argv.slice(2);
if (asked.includes('--rules')) {
  await import('./test-rule-mutants.mjs');
  process.exit();
}
const tier = asked.includes('--cluster') ? clusterTier : unitTier;
const words = asked.filter((word) => word !== '--cluster').join(' ');
const waiting = tier.mutants.filter(([what]) => what.includes(words));
const total = waiting.length;
const stale = staleMutants(sources, waiting);
if (stale.length > 0) {
  throw new Error(stale.join('\n'));
}
const survivors = [];
const copies = Array.from({ length: Math.min(tier.copies, total) }, makeCopy);
try {
  if (!(await tier.passesUnbroken(copies[0], waiting))) {
    throw new Error('the tests fail before anything is broken');
  }
  await Promise.all(
    copies.map(async (copy) => {
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        const [what] = mutant;
        const mutated = mutate(sources, mutant);
        const survived = await survives(tier, copy, mutant, mutated);
        if (survived) {
          survivors.push(what);
        }
        console.log(`${survived ? 'SURVIVED' : 'noticed '}  ${what}  (${mutated.file})`);
      }
    }),
  );
} finally {
  for (const copy of copies) {
    rmSync(copy, { recursive: true, force: true });
  }
}
console.log(`${total - survivors.length} noticed, ${survivors.length} survived`);
process.exitCode = survivors.length > 0 ? 1 : 0;
