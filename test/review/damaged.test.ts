import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseClusterConfig } from '../../eksctl/schema/parse';
import { formatFinding } from '../../kube/finding';
import type { Inventory } from '../../kube/inventory';
import { clusterSide } from '../../review/cluster-side';
import { loadInventory } from '../../review/load';
import { readManifests } from '../../review/read-manifests';
import { review } from '../../review/review';
import { RULES } from '../../review/rules';
import { capacity } from '../../simulator/capacity';
import { REPOSITORY } from '../app/support';
import { CUSTOM_CASES, customManifest } from '../support/custom-workloads';
import { damaged, pick, seeded } from './damage';

/** .ci/run sets more. */
const SETS = Number(process.env.FUZZ_RUNS ?? 30);
/** Objects of a set. */
const SIZE = 12;

const outputs = ['.', ...fs.readdirSync(path.join(REPOSITORY, 'examples')).map((name) => `examples/${name}`)]
  .map((folder) => `${folder}/dist`)
  .filter((folder) => fs.existsSync(path.join(REPOSITORY, folder)))
  .flatMap((folder) => fs.readdirSync(path.join(REPOSITORY, folder)).map((file) => `${folder}/${file}`))
  .filter((file) => file.endsWith('.yaml'));
/** Manifests of other projects, which are no part of the repository. */
const FOREIGN = path.join(REPOSITORY, '..', 'shared', 'data');
const foreign = ['retail-store/base-application.yaml', 'zero-findings.yaml'].filter((file) =>
  fs.existsSync(path.join(FOREIGN, file)),
);
const read = (file: string): string => fs.readFileSync(path.join(REPOSITORY, file), 'utf8');
const config = parseClusterConfig(read('dist/cluster/prod.yaml'));

function reviewed(inventory: Inventory, thorough: boolean): readonly string[] {
  const manifests = inventory.objects.map(({ manifest }) => manifest);
  let report: ReturnType<typeof capacity> | undefined;
  const side = clusterSide(config, {
    capacity: () => {
      report ??= capacity({ cluster: 'prod', config, manifests, releases: ['karpenter'] });
      return report;
    },
  });
  const findings = review({ inventory, existing: [], cluster: side });
  // all states of the simulator, and the table of the page
  if (thorough) {
    String(report ?? side.capacity!());
  }
  return findings.map(formatFinding);
}

describe('damaged manifests', () => {
  const pool = [
    ...outputs.map((file) => readManifests(read(file), file)),
    ...foreign.map((file) => readManifests(fs.readFileSync(path.join(FOREIGN, file), 'utf8'), file)),
  ].flatMap(({ documents }) => documents.map(({ value }) => value));

  test(`${SETS} sets have findings, and no rule or engine throws`, () => {
    expect(pool.length).toBeGreaterThan(250);
    const random = seeded(13);
    let found = 0;
    for (let i = 0; i < SETS; i++) {
      const set = damaged(
        Array.from({ length: SIZE }, () => pick(random, pool)),
        random,
      );
      const documents = set.map((value, index) => ({ value, origin: { file: { path: `set-${i}.yaml`, index } } }));
      const inventory = loadInventory(documents);
      try {
        reviewed(inventory, i % 4 === 0);
      } catch (e) {
        throw new Error(`set ${i}: ${(e as Error).message}`, { cause: e });
      }
      found += inventory.findings.length > 0 ? 1 : 0;
    }
    // the others lack a field, or have one twice
    expect(found).toBeGreaterThan(SETS / 2);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});

test(`${SETS} damaged sets of the examples of the rules, which have what the rules look at: none throws`, () => {
  const read = RULES.flatMap(({ bad, good }) => [bad, good]).flatMap(
    (yaml) => readManifests(yaml, 'example.yaml').documents,
  );
  const examples = [...read, ...read.flatMap(({ value }) => rarer(value))];
  const random = seeded(14);
  for (let i = 0; i < SETS; i++) {
    const set = damaged(
      Array.from({ length: SIZE }, () => pick(random, examples).value),
      random,
    );
    const inventory = loadInventory(
      set.map((value, index) => ({ value, origin: { file: { path: 'a.yaml', index } } })),
    );
    expect(() => review({ inventory })).not.toThrow();
  }
});

/** The same pods, made by kinds that no rule is about. */
function rarer(value: unknown): { readonly value: unknown }[] {
  const { kind, spec, ...rest } = value as { readonly kind?: string; readonly spec?: object };
  if (kind !== 'Deployment' && kind !== 'Job') {
    return [];
  }
  const { template } = (spec ?? {}) as { readonly template?: unknown };
  return (
    kind === 'Job'
      ? [{ ...rest, apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledJob', spec: { jobTargetRef: spec } }]
      : [
          { ...rest, apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: { strategy: { canary: {} }, ...spec } },
          { ...rest, apiVersion: 'v1', kind: 'ReplicationController', spec: { template } },
          { ...rest, apiVersion: 'v1', kind: 'PodTemplate', template },
          ...CUSTOM_CASES.slice(0, 6).map((one) => ({ ...rest, ...customManifest(one, template as object) })),
        ]
  ).map((own) => ({ value: own }));
}

/** MANIFESTS may name more files, such as the output of charts. */
const given = [...foreign, ...(process.env.MANIFESTS ?? '').split(':').filter(Boolean)];
test(
  given.length > 0
    ? `manifests of ${given.length} other projects are reviewed`
    : 'manifests of other projects: not reviewed, their folder is absent',
  () => {
    for (const file of given) {
      const text = fs.readFileSync(path.resolve(FOREIGN, file), 'utf8');
      const { documents, findings } = readManifests(text, file);
      const inventory = loadInventory(documents, findings);
      expect(inventory.objects.length).toBeGreaterThan(0);
      reviewed(inventory, true);
    }
  },
);

test('a typo in a number of pods fills neither time nor memory', () => {
  const set = (kind: string, more: object) => ({
    value: {
      apiVersion: 'apps/v1',
      kind,
      metadata: { name: kind.toLowerCase() },
      spec: { replicas: 1e30, template: { spec: { containers: [{ name: 'a' }] } }, ...more },
    },
    origin: {},
  });
  const claims = { volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }] };
  const findings = reviewed(loadInventory([set('StatefulSet', claims), set('Deployment', {})]), false);
  expect(findings).toContainEqual(expect.stringContaining('[capacity/room]'));
});
