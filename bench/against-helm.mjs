/**
 * npm run bench:helm: whether this library makes the same objects as `helm template`, and is not slower for 1,000 services.
 * Builds helm from its Go module, once, unless HELM names the program.
 *
 *   --all  compares 100, 1,000 and 5,000 services, and prints how CPU time grows beyond that of one service
 *
 * What is compared is the time until the files are there; CPU time and memory are printed beside it. The two run in turns, so
 * that both halves of a pair meet the same load, and the median of the pairs decides, so that one bad moment does not.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildHelm, findHelm } from '../scripts/lib/helm.mjs';
import { measurer, median, middle } from './lib/measure.mjs';
import { compile, inputs } from './lib/prepare.mjs';
import { exponent, markdown } from './lib/table.mjs';
import { HELM, NO_INPUTS, OURS, once, ROOT, sameObjects, variants } from './lib/variants.mjs';

const COUNT = 1000;
/** Odd, so that the median is one of them. */
const PAIRS = 7;
const ALL = { counts: [100, COUNT, 5000], pairs: 5 };
/** Not 1: on a busy machine two runs of the same program differ by a third, and that must not fail a change. */
const LARGEST_RATIO = 1.5;

async function pairsOf(measure, folder, [ours, helm], count, runs) {
  const files = inputs(folder, count);
  const pairs = [];
  for (let i = 0; i < runs; i++) {
    const measured = new Map();
    // who goes first alternates, or load that rises or falls would favor one of them
    for (const variant of i % 2 === 0 ? [ours, helm] : [helm, ours]) {
      const { result } = await once(measure, folder, variant, count, files);
      if (!result) {
        throw new Error('a run was stopped at the time limit');
      }
      measured.set(variant, result);
    }
    const [a, b] = [measured.get(ours), measured.get(helm)];
    pairs.push({ ours: a, helm: b });
    const cpu = `ours ${a.cpu.toFixed(2)} s, helm ${b.cpu.toFixed(2)} s of CPU time`;
    console.log(`${count} services, pair ${i + 1}: ${cpu}, ratio ${(a.cpu / b.cpu).toFixed(2)}`);
  }
  return pairs;
}

const ratio = (pairs, key) => middle(pairs.map(({ ours, helm }) => ours[key] / helm[key])).toFixed(2);

async function compareOnce(measure, folder, compared) {
  const pairs = await pairsOf(measure, folder, compared, COUNT, PAIRS);
  console.log(
    `${COUNT} services, ours / helm, medians of ${PAIRS} pairs: wall time ${ratio(pairs, 'wall')} (limit ${LARGEST_RATIO}), CPU time ${ratio(pairs, 'cpu')}, memory ${ratio(pairs, 'memory')}`,
  );
  process.exitCode = Number(ratio(pairs, 'wall')) > LARGEST_RATIO ? 1 : 0;
}

async function compareAll(measure, folder, compared) {
  const start = [];
  while (start.length < ALL.pairs) {
    start.push((await once(measure, folder, compared[0], 1, NO_INPUTS)).result);
  }
  const one = median(start).cpu;
  const beyond = [];
  const rows = [];
  for (const count of ALL.counts) {
    const pairs = await pairsOf(measure, folder, compared, count, ALL.pairs);
    const [ours, helm] = [median(pairs.map((pair) => pair.ours)), median(pairs.map((pair) => pair.helm))];
    beyond.push(ours.cpu - one);
    rows.push([
      String(count),
      ...[ours.cpu, helm.cpu].map((cpu) => cpu.toFixed(2)),
      ...['cpu', 'wall'].map((key) => ratio(pairs, key)),
      ...[ours.memory, helm.memory].map((memory) => memory.toFixed(0)),
    ]);
  }
  const head = ['services', 'CPU s', 'helm', 'CPU / helm', 'wall / helm', 'peak MiB', 'helm'];
  const [least, , most] = ALL.counts;
  const power = exponent([least, beyond[0]], [most, beyond[2]]).toFixed(2);
  console.log(`\nmedians of ${ALL.pairs} pairs\n\n${markdown(head, rows)}\n`);
  console.log(`one service: ${one.toFixed(2)} s; growth of what is beyond it, ${least} to ${most}: exponent ${power}`);
}

const helm = findHelm({ onPath: false }) ?? buildHelm();
if (!helm) {
  console.error('helm: not there, and no Go to build with; install Go 1.26 or later, or name a helm in HELM');
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  compile(ROOT, folder);
  const measure = measurer(folder);
  const all = variants(folder, helm);
  const compared = new Map([OURS, HELM].map((name) => [name, all.get(name)]));
  if (!(await sameObjects(measure, folder, compared))) {
    process.exitCode = 1;
  } else {
    await (process.argv.includes('--all') ? compareAll : compareOnce)(measure, folder, [...compared.values()]);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
