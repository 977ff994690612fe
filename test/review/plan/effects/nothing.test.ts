import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseClusterConfig } from '../../../../eksctl/schema/parse';
import { loadInventory } from '../../../../review/load';
import { plan } from '../../../../review/plan/plan';
import { readManifests } from '../../../../review/read-manifests';
import { RULES } from '../../../../review/rules';
import { simulatedClusterSide } from '../../../../review/simulated-cluster-side';
import { REPOSITORY } from '../../../app/support';
import { damaged, pick, seeded } from '../../damage';

const VERSION = { kubernetesVersion: '1.36' };
/** .ci/run sets more. */
const SETS = Math.min(Number(process.env.FUZZ_RUNS ?? 10), 500);
const SIZE = 12;

const folders = ['.', ...fs.readdirSync(path.join(REPOSITORY, 'examples')).map((name) => `examples/${name}`)]
  .map((folder) => path.join(REPOSITORY, folder, 'dist'))
  .filter((folder) => fs.existsSync(folder));

function documentsIn(folder: string) {
  const files = fs.readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return files.flatMap((file) => readManifests(fs.readFileSync(path.join(folder, file), 'utf8'), file).documents);
}

test('a set over itself changes nothing and has no effect', () => {
  expect(folders.length).toBeGreaterThan(20);
  for (const folder of folders) {
    const documents = documentsIn(folder);
    const { objects, effects } = plan(loadInventory(documents), loadInventory([...documents].reverse()), VERSION);
    expect(effects).toEqual([]);
    expect(objects.filter(({ verdict }) => verdict !== 'unchanged')).toEqual([]);
  }
});

test('a set over nothing, and nothing over a set', () => {
  for (const folder of folders.slice(0, 8)) {
    const set = loadInventory(documentsIn(folder));
    const made = plan(loadInventory([]), set, VERSION).objects;
    expect(new Set(made.map(({ verdict }) => verdict))).toEqual(new Set(set.objects.length > 0 ? ['created'] : []));
    const left = plan(set, loadInventory([]), VERSION).objects;
    expect(new Set(left.map(({ verdict }) => verdict))).toEqual(new Set(set.objects.length > 0 ? ['left-behind'] : []));
  }
});

test(`${SETS} damaged sets over sets that are whole, and the other way round: nothing throws`, () => {
  const own = folders.flatMap(documentsIn).map(({ value }) => value);
  const read = RULES.flatMap(({ bad, good }) => [bad, good]).flatMap(
    (yaml) => readManifests(yaml, 'example.yaml').documents,
  );
  const pool = [...own, ...read.map(({ value }) => value)];
  const random = seeded(18);
  const config = parseClusterConfig(fs.readFileSync(path.join(REPOSITORY, 'dist/cluster/prod.yaml'), 'utf8'));
  const inventory = (values: readonly unknown[]) => loadInventory(values.map((value) => ({ value, origin: {} })));
  let effects = 0;
  for (let i = 0; i < SETS; i++) {
    const whole = Array.from({ length: SIZE }, () => pick(random, pool));
    const [one, other] = [inventory(whole), inventory(damaged(whole, random))];
    const cluster = i % 4 === 0 ? { cluster: simulatedClusterSide(config, other) } : {};
    for (const [old, next] of [
      [one, other],
      [other, one],
      [other, inventory(damaged(whole, random))],
    ] as const) {
      effects += plan(old, next, { ...VERSION, ...cluster, kubernetesVersionBefore: i % 3 === 0 ? '1.34' : '1.36' })
        .effects.length;
    }
  }
  expect(effects).toBeGreaterThan(SETS);
  expect(Object.prototype).not.toHaveProperty('polluted');
});
