/**
 * npm run bench [-- --quick]: CPU time and memory of this library, of plain cdk8s, of cdk8s-plus and of helm, for
 * programs of 100, 1,000 and 5,000 services. Each run is a process of its own. Then of this library alone: the first
 * program, a review and a plan of 10,000 objects.
 *
 *   --quick         up to 1,000 services, one run each
 *   --check         only whether all variants make the same objects
 *   --profile NAME  a CPU profile of 1,000 services of the variant whose name begins so, and a table of it by room
 *   --files         with --profile: by source file
 *   HELM            the helm program; without it the one that `npm run bench:helm` builds, or the one on the PATH
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findHelm } from '../scripts/lib/helm.mjs';
import { measurer, median } from './lib/measure.mjs';
import { more } from './lib/more.mjs';
import { compile, inputs } from './lib/prepare.mjs';
import { profiled } from './lib/profile.mjs';
import { growth, markdown, tables } from './lib/table.mjs';
import { HELM, LIMIT, NO_INPUTS, OURS, once, ROOT, sameObjects, variants } from './lib/variants.mjs';

const quick = process.argv.includes('--quick');
const counts = quick ? [100, 1000] : [100, 1000, 5000];

async function bench(measure, folder, compared) {
  const results = new Map();
  for (const count of counts) {
    const files = inputs(folder, count);
    const runs = quick || count > 1000 ? 1 : 3;
    for (const [name, variant] of compared) {
      const found = [];
      // what takes that long is far from the others, however much it varies
      while (found.length < runs && found.every((result) => result && result.cpu < 30)) {
        found.push((await once(measure, folder, variant, count, files)).result);
      }
      const result = found.includes(undefined) ? undefined : median(found);
      results.set(name, (results.get(name) ?? new Map()).set(count, result));
      console.error(`${count} services, ${name}: ${result ? `${result.cpu.toFixed(2)} s` : `> ${LIMIT} s`}`);
    }
  }
  console.log(`\n${tables(results, counts, LIMIT)}`);
  if (!quick) {
    console.log(`\n${growth(results)}`);
  }
  const alone = await more(measure, folder, compared);
  console.log(`\nthis library alone\n\n${markdown(['', 'CPU s', 'limit', 'peak MiB'], alone)}`);
}

const at = process.argv.indexOf('--profile');
const profile = at === -1 ? undefined : (process.argv[at + 1] ?? '');

async function profileOf(measure, folder, compared) {
  const found = [...compared].find(([name]) => profile !== '' && name.startsWith(profile) && name !== HELM);
  if (!found) {
    const names = [...compared.keys()].filter((name) => name !== HELM);
    console.error(`--profile must name a variant, but is '${profile}'; write one of: ${names.join('; ')}`);
    process.exitCode = 1;
    return;
  }
  const [name, variant] = found;
  const byRoom = !process.argv.includes('--files');
  const files = name.startsWith(OURS) ? NO_INPUTS : inputs(folder, 1000);
  const { path, rows } = await profiled(measure, folder, variant, { count: 1000, files, byRoom });
  console.log(`1000 services, ${name}\n\n${markdown([byRoom ? 'room' : 'file', 'ms', 'share'], rows)}\n\n${path}`);
}

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  compile(ROOT, folder);
  const measure = measurer(folder);
  const helm = findHelm();
  if (!helm) {
    console.log('helm is not installed: its column is left out (npm run bench:helm builds it)');
  }
  const compared = variants(folder, helm);
  if (profile !== undefined) {
    await profileOf(measure, folder, compared);
  } else if (!(await sameObjects(measure, folder, compared))) {
    process.exitCode = 1;
  } else if (!process.argv.includes('--check')) {
    await bench(measure, folder, compared);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
