/**
 * npm run bench [-- --quick]: CPU time and memory of this library, of plain cdk8s, of cdk8s-plus and of helm, for
 * programs of 100, 1,000 and 5,000 services. Each run is a process of its own.
 *
 *   --quick   up to 1,000 services, one run each
 *   --check   only whether all variants make the same objects
 *   HELM      the helm program, where it is not on the PATH
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { differences, kindsOf, objectsIn } from './lib/check.mjs';
import { measurer, median } from './lib/measure.mjs';
import { compile, inputs } from './lib/prepare.mjs';
import { growth, tables } from './lib/table.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(HERE);
/** Seconds of wall time: App of cdk8s grows with the square of the number of charts. */
const LIMIT = 300;
/** More than a tenant, so that a connection between tenants is among what is compared. */
const CHECKED = 12;
const quick = process.argv.includes('--quick');
const counts = quick ? [100, 1000] : [100, 1000, 5000];

const helm = process.env.HELM ?? 'helm';
const hasHelm = spawnSync(helm, ['version']).status === 0;

/** Each as the command that writes `count` services to a folder, or to stdout if it says so. */
function variants(folder) {
  const compiled = (name) => (count, out, files) => ({
    command: [process.execPath, join(folder, 'bench', `${name}.js`), String(count), out, files.objects],
  });
  return new Map([
    ['ours', compiled('ours')],
    [
      'ours, through tsx',
      (count, out) => ({ command: [process.execPath, '--import', 'tsx', join(HERE, 'ours.ts'), String(count), out] }),
    ],
    ['ApiObjects on App', compiled('plain')],
    ...['tenant', 'service'].map((charts) => [
      `cdk8s-plus-28 on App, a chart a ${charts}`,
      (count, out) => ({ command: [process.execPath, join(folder, 'bench', 'plus.js'), String(count), out, charts] }),
    ]),
    ...(hasHelm
      ? [
          [
            'helm template',
            (_, out, files) => ({
              command: [helm, 'template', 'bench', join(HERE, 'helm'), '--values', files.values],
              stdout: join(out, 'all.yaml'),
            }),
          ],
        ]
      : []),
  ]);
}

async function once(measure, folder, variant, count, files) {
  const out = join(folder, 'out');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const { command, stdout } = variant(count, out, files);
  return { result: await measure(command, { cwd: ROOT, stdout, limit: LIMIT }), out };
}

/** A comparison of programs that do not make the same would say nothing. */
async function check(measure, folder) {
  const files = inputs(folder, CHECKED);
  let ours;
  for (const [name, variant] of variants(folder)) {
    const { out } = await once(measure, folder, variant, CHECKED, files);
    const objects = objectsIn(out);
    ours ??= objects;
    const own = name.startsWith('cdk8s-plus');
    const said = own
      ? isDeepStrictEqual(kindsOf(objects), kindsOf(ours))
        ? []
        : [`${JSON.stringify(kindsOf(objects))} rather than ${JSON.stringify(kindsOf(ours))}`]
      : differences(ours, objects);
    if (said.length > 0) {
      throw new Error(`${name} does not make the same objects:\n${said.join('\n')}`);
    }
    console.log(`${name}: ${objects.size} objects, ${own ? 'of the same kinds' : 'the same'}`);
  }
}

async function bench(measure, folder) {
  const results = new Map();
  for (const count of counts) {
    const files = inputs(folder, count);
    const runs = quick || count > 1000 ? 1 : 3;
    for (const [name, variant] of variants(folder)) {
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
}

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  compile(ROOT, folder);
  const measure = measurer(folder);
  if (!hasHelm) {
    console.log('helm is not here: its column is left out');
  }
  await check(measure, folder);
  if (!process.argv.includes('--check')) {
    await bench(measure, folder);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
