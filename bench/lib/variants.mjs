// The programs that are compared: how each is run, and whether they make the same objects.
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { differences, kindsOf, objectsIn } from './check.mjs';
import { inputs } from './prepare.mjs';

const BENCH = resolve(fileURLToPath(import.meta.url), '../..');
export const ROOT = resolve(BENCH, '..');
/** Seconds of wall time: App of cdk8s grows with the square of the number of charts. */
export const LIMIT = 300;
/** More than a tenant, so that a connection between tenants is among what is compared. */
const CHECKED = 12;

export const OURS = 'ours';
/** For the variants of this library, which read none. */
export const NO_INPUTS = { objects: '' };
export const HELM = 'helm template';

/**
 * Each as the command that writes `count` services to a folder, or to stdout if it says so. `folder` holds the compiled
 * programs; without a `helm` its variant is left out.
 */
export function variants(folder, helm) {
  const compiled = (name) => (count, out, files) => ({
    command: [process.execPath, join(folder, 'bench', `${name}.js`), String(count), out, files.objects],
  });
  return new Map([
    [OURS, compiled('ours')],
    [
      'ours, through tsx',
      (count, out) => ({ command: [process.execPath, '--import', 'tsx', join(BENCH, 'ours.ts'), String(count), out] }),
    ],
    ['ApiObjects on App', compiled('plain')],
    ...['tenant', 'service'].map((charts) => [
      `cdk8s-plus-28 on App, a chart a ${charts}`,
      (count, out) => ({ command: [process.execPath, join(folder, 'bench', 'plus.js'), String(count), out, charts] }),
    ]),
    ...(helm
      ? [
          [
            HELM,
            (_, out, files) => ({
              command: [helm, 'template', 'bench', join(BENCH, 'helm'), '--values', files.values],
              stdout: join(out, 'all.yaml'),
            }),
          ],
        ]
      : []),
  ]);
}

/** Runs one variant into an empty folder: what it took, or undefined over the limit, and the folder. */
export async function once(measure, folder, variant, count, files) {
  const out = join(folder, 'out');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const { command, stdout } = variant(count, out, files);
  return { result: await measure(command, { cwd: ROOT, stdout, limit: LIMIT }), out };
}

/**
 * Compares what the variants make with what the first of them makes: a measurement of programs that do not make the same
 * says nothing. Prints a line for each, and returns whether all agree.
 */
export async function sameObjects(measure, folder, compared) {
  const files = inputs(folder, CHECKED);
  let ours;
  let same = true;
  for (const [name, variant] of compared) {
    const { out } = await once(measure, folder, variant, CHECKED, files);
    const objects = objectsIn(out);
    ours ??= objects;
    const own = name.startsWith('cdk8s-plus');
    const differing = own ? differingKinds(ours, objects) : differences(ours, objects);
    same &&= differing.length === 0;
    console.log(
      differing.length === 0
        ? `${name}: ${objects.size} objects, ${own ? 'of the same kinds' : 'the same'}`
        : `${name}: ${differing.join('\n')}`,
    );
  }
  return same;
}

function differingKinds(expected, actual) {
  const [wanted, found] = [expected, actual].map(kindsOf);
  return isDeepStrictEqual(wanted, found) ? [] : [`${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`];
}
