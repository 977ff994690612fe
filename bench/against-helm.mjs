/**
 * npm run bench:helm: whether this library makes the same objects as `helm template`, and is not slower for 1,000 services.
 * Builds helm from its Go module, once, unless HELM names the program.
 *
 * What is compared is the time until the files are there; CPU time and memory are printed beside it. The two run in turns, so
 * that both halves of a pair meet the same load, and the median of the pairs decides, so that one bad moment does not.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildHelm, findHelm } from '../scripts/lib/helm.mjs';
import { measurer, middle } from './lib/measure.mjs';
import { compile, inputs } from './lib/prepare.mjs';
import { HELM, OURS, once, ROOT, sameObjects, variants } from './lib/variants.mjs';

const COUNT = 1000;
/** Odd, so that the median is one of them. */
const PAIRS = 7;
/** Not 1: on a busy machine two runs of the same program differ by a third, and that must not fail a change. */
const LARGEST_RATIO = 1.5;

async function ratios(measure, folder, [ours, helm]) {
  const files = inputs(folder, COUNT);
  const pairs = [];
  for (let i = 0; i < PAIRS; i++) {
    const measured = new Map();
    // who goes first alternates, or load that rises or falls would favor one of them
    for (const variant of i % 2 === 0 ? [ours, helm] : [helm, ours]) {
      const { result } = await once(measure, folder, variant, COUNT, files);
      if (!result) {
        throw new Error('a run was stopped at the time limit');
      }
      measured.set(variant, result);
    }
    const [a, b] = [measured.get(ours), measured.get(helm)];
    pairs.push({ cpu: a.cpu / b.cpu, wall: a.wall / b.wall, memory: a.memory / b.memory });
    console.log(
      `pair ${i + 1}: ours ${a.cpu.toFixed(2)} s, helm ${b.cpu.toFixed(2)} s of CPU time, ratio ${pairs[i].cpu.toFixed(2)}`,
    );
  }
  return pairs;
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
    const pairs = await ratios(measure, folder, [...compared.values()]);
    const ratio = (key) => middle(pairs.map((pair) => pair[key])).toFixed(2);
    console.log(
      `${COUNT} services, ours / helm, medians of ${PAIRS} pairs: wall time ${ratio('wall')} (limit ${LARGEST_RATIO}), CPU time ${ratio('cpu')}, memory ${ratio('memory')}`,
    );
    process.exitCode = Number(ratio('wall')) > LARGEST_RATIO ? 1 : 0;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
