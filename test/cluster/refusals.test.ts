import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { annotationBytesOf, MOST_ANNOTATION_BYTES } from '../../kube/apply-size';
import { RULES } from '../../review/rules';
import type { Manifest } from '../support/app';
import { QUICK, type Said } from './harness/kubectl';
import { Plane } from './harness/plane';

/** What a rule says that the API server refuses is refused, and the nearest that it allows is accepted. */
const refused = RULES.filter(({ refusedBy }) => refusedBy === 'api-server');

let plane: Plane;
let folder: string;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'refusals-'));
  plane = await Plane.start({ parts: 'api' });
  await plane
    .kubectl()
    .run('create', 'serviceaccount', 'default', '--namespace=default')
    .catch(() => '');
}, 300_000);
afterAll(async () => {
  await plane?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** The objects of an example; a ClusterConfig is not for the API server. */
const objectsIn = (yaml: string): Manifest[] =>
  parseAllDocuments(yaml)
    .map((document) => document.toJS() as Manifest)
    .filter(({ apiVersion }) => !apiVersion.startsWith('eksctl.io/'));

/** Namespaces that the objects stand in, and that are not among them. */
async function withNamespaces(objects: readonly Manifest[]): Promise<void> {
  const own = objects.flatMap(({ kind, metadata }) => (kind === 'Namespace' ? [metadata.name] : []));
  const names = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  for (const name of [...names].filter((each) => each !== 'default')) {
    await plane.kubectl().try('create', 'namespace', name);
  }
  for (const name of own) {
    await plane.kubectl().try('create', 'namespace', name);
  }
}

/** Nothing is stored. */
async function apply(name: string, objects: readonly Manifest[], ...flags: readonly string[]): Promise<Said> {
  const file = path.join(folder, `${name.replace('/', '-')}.json`);
  fs.writeFileSync(file, objects.map((object) => JSON.stringify(object)).join('\n'));
  return plane.kubectl().try('apply', '--dry-run=server', '-f', file, ...flags);
}

test('there are such rules', () => {
  expect(refused.length).toBeGreaterThan(15);
});

test.each(refused.map((rule) => [rule.id, rule] as const))('%s', async (id, { bad, good }) => {
  const [invalid, valid] = [objectsIn(bad!), objectsIn(good!)];
  await withNamespaces([...invalid, ...valid]);
  // without strict validation the API server drops an unknown field
  const strict = id === 'manifests/unknown-field' ? '--validate=strict' : QUICK;
  const refusal = await apply(`${id}-bad`, invalid, strict);
  expect({ refused: refusal.status !== 0, said: refusal.stderr }).toEqual({ refused: true, said: expect.any(String) });
  // for the rule, not for something that the example lacks
  expect(refusal.stderr).not.toMatch(/namespaces? ".*" not found/);
  expect(await apply(`${id}-good`, valid, '--validate=strict')).toMatchObject({ status: 0 });
});

test.each(['x', '<>&', '€', '\n"', '\u2028', '\u2029', '\u007f', '\b\f\u0001'])(
  'what kubectl keeps is counted to the byte: %j',
  async (text) => {
    const map = (filler: number): Manifest => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'large', namespace: 'default', annotations: { 'example.com/a': 'b' } },
      data: { a: text.repeat(10_000), b: 'x'.repeat(filler) },
    });
    const room = MOST_ANNOTATION_BYTES - annotationBytesOf(map(0));
    expect(annotationBytesOf(map(room))).toBe(MOST_ANNOTATION_BYTES);
    expect(await apply('fits', [map(room)], QUICK)).toMatchObject({ status: 0 });
    expect((await apply('too-large', [map(room + 1)], QUICK)).stderr).toContain('may not be more than 262144 bytes');
  },
);
