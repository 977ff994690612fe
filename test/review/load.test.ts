import type { SourceDocument } from '../../review/load';
import { loadInventory } from '../../review/load';
import { readManifests } from '../../review/read-manifests';

const inFile = (value: unknown, index = 0): SourceDocument => ({
  value,
  origin: { file: { path: 'a.yaml', index, line: 7 } },
});
const load = (...values: unknown[]) => loadInventory(values.map(inFile));
const map = (name: string, more: object = {}) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...more });
const list = (items: unknown, kind = 'List') => ({ apiVersion: 'v1', kind, items });
const namesOf = (...values: unknown[]) => load(...values).objects.map(({ manifest }) => manifest.metadata.name);
const problems = (...values: unknown[]) => load(...values).findings.map(({ rule, field }) => [rule, field]);
const deployment = (spec: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: {}, template: { spec } },
});

describe('documents', () => {
  test('Lists are flattened, also in each other, and items of a list of one kind get its kind', () => {
    const { kind: _, apiVersion: __, ...bare } = map('c');
    const inventory = load(list([map('a'), list([map('b')])]), list([bare], 'ConfigMapList'), map('d'));
    expect(inventory.objects.map(({ manifest }) => [manifest.kind, manifest.metadata.name])).toEqual([
      ['ConfigMap', 'a'],
      ['ConfigMap', 'b'],
      ['ConfigMap', 'c'],
      ['ConfigMap', 'd'],
    ]);
    expect(inventory.findings).toEqual([]);
    expect(inventory.complete).toBe(true);
  });

  test('empty ones are skipped, a ClusterConfig is not for the cluster, and a List may be empty', () => {
    const config = { apiVersion: 'eksctl.io/v1alpha5', kind: 'ClusterConfig', metadata: { name: 'prod' } };
    const inventory = load(null, undefined, config, list(null), list([]), map('a'));
    expect(inventory.objects).toHaveLength(1);
    expect(inventory.findings).toEqual([]);
  });

  test.each([['text'], [3], [true], [[map('a')]]])('%p is not an object', (value) => {
    const inventory = load(value, map('b'));
    expect(inventory.findings).toEqual([
      expect.objectContaining({ rule: 'manifests/not-an-object', severity: 'error', file: inFile(0).origin.file }),
    ]);
    expect(inventory.complete).toBe(false);
    expect(inventory.objects).toHaveLength(1);
  });

  test.each<[string, unknown, string[]]>([
    ['nothing', {}, ['apiVersion', 'kind', 'metadata.name']],
    ['no name', { ...map('a'), metadata: {} }, ['metadata.name']],
    ['an empty name', map(''), ['metadata.name']],
    ['a name to be generated', { ...map('a'), metadata: { generateName: 'a-' } }, ['metadata.generateName']],
    ['a number as name', { ...map('a'), metadata: { name: 1 } }, ['metadata.name']],
    ['metadata that are a list', { ...map('a'), metadata: [] }, ['metadata']],
    ['no metadata', { ...map('a'), metadata: null }, ['metadata.name']],
    ['a kind that is a map', { ...map('a'), kind: {} }, ['kind']],
  ])('with %s an object is missing', (_, value, fields) => {
    expect(problems(value)).toEqual(fields.map((field) => ['manifests/head', field]));
    expect(load(value)).toMatchObject({ objects: [], complete: false });
  });

  test('items of a List have their place', () => {
    expect(problems(list([map('a'), null, list([{ kind: 'Pod', apiVersion: 'v1' }])]))).toEqual([
      ['manifests/not-an-object', 'items[1]'],
      ['manifests/head', 'items[2].items[0].metadata.name'],
    ]);
    expect(problems(list('text'))).toEqual([['manifests/type', 'items']]);
  });

  test('a List that contains itself ends', () => {
    const items: unknown[] = [map('a')];
    const cyclic = list(items);
    items.push(cyclic, cyclic);
    expect(problems(cyclic)).toEqual([
      ['manifests/type', 'items[1].items'],
      ['manifests/type', 'items[2].items'],
    ]);
  });

  test('what was not read makes the inventory incomplete', () => {
    const unread = [{ rule: 'manifests/syntax', severity: 'error', message: 'x' }] as const;
    expect(loadInventory([], unread)).toMatchObject({ complete: false, findings: unread });
  });
});

describe('values of the wrong type', () => {
  test('are findings with object, field and file, and rules do not see them', () => {
    const inventory = load(deployment({ containers: 'web', serviceAccountName: 'web' }));
    expect(inventory.findings).toEqual([
      {
        rule: 'manifests/type',
        severity: 'error',
        object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
        field: 'spec.template.spec.containers',
        file: inFile(0).origin.file,
        message: 'spec.template.spec.containers must be a list, but is a string',
        fix: expect.any(String),
      },
    ]);
    expect(inventory.pods[0]).toMatchObject({ spec: { serviceAccountName: 'web' }, serviceAccount: 'web' });
    expect(inventory.pods[0]?.spec).not.toHaveProperty('containers');
    expect(inventory.complete).toBe(true);
  });

  test('never say the value, which may be a secret', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'pin' }, stringData: { pin: 4711 } };
    const { findings } = load(secret);
    expect(findings.map(({ field }) => field)).toEqual(['stringData.pin']);
    expect(JSON.stringify(findings)).not.toContain('4711');
  });

  test('metadata of any kind is checked', () => {
    const custom = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'a', labels: { tier: 1 } } };
    expect(problems({ ...custom, spec: 'anything', more: [1, 'a'] })).toEqual([
      ['manifests/type', 'metadata.labels.tier'],
    ]);
  });
});

describe('a file', () => {
  const read = (text: string) => readManifests(text, 'a.yaml');

  test('has documents with their lines', () => {
    const { documents, findings } = read('# first\n---\n\na: 1\n---\n# empty\n---\nb: 2\n');
    expect(documents).toEqual([
      { value: { a: 1 }, origin: { file: { path: 'a.yaml', index: 0, line: 4 } } },
      { value: { b: 2 }, origin: { file: { path: 'a.yaml', index: 2, line: 8 } } },
    ]);
    expect(findings).toEqual([]);
  });

  test.each([
    ['an open bracket', 'a: [1'],
    ['a tab', 'a:\n\tb: 1'],
    ['a key that stands twice', 'a: 1\na: 2'],
    ['an anchor that is missing', 'a: *b'],
    ['very deep nesting', '['.repeat(100_000)],
    ['lists in lists', '- '.repeat(100_000)],
    [
      'aliases that multiply',
      ['a: &a0 [x, x]', ...Array.from({ length: 30 }, (_, i) => `a${i}: &a${i + 1} [*a${i}, *a${i}]`)].join('\n'),
    ],
  ])('with %s has a finding with its line, and its other documents', (_, broken) => {
    const { documents, findings } = read(`first: 1\n---\n${broken}\n---\nlast: 1\n`);
    expect(documents.map(({ value }) => value)).toEqual([{ first: 1 }, { last: 1 }]);
    expect(findings).toEqual([
      expect.objectContaining({
        rule: 'manifests/syntax',
        severity: 'error',
        file: { path: 'a.yaml', index: 1, line: expect.any(Number) },
      }),
    ]);
    expect(findings[0]?.file?.line).toBeGreaterThanOrEqual(2);
  });

  test('is read as kubectl reads it: of YAML 1.1 only booleans and octal numbers', () => {
    const { documents } = read(
      'a: yes\nb: 0755\nc: 2024-01-01\nd: 1:30\n"e": "yes"\nf: &x {g: 1}\nh: {<<: *x, i: 2}\n',
    );
    expect(documents[0]?.value).toEqual({
      a: true,
      b: 493,
      c: '2024-01-01',
      d: '1:30',
      e: 'yes',
      f: { g: 1 },
      h: { g: 1, i: 2 },
    });
  });

  test('with an alias of what contains it is read, and the alias is a finding', () => {
    const { documents } = read('apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: &s\n  a: [*s, *s]\n');
    expect(problems(documents[0]?.value)).toEqual([
      ['manifests/type', 'spec.a[0]'],
      ['manifests/type', 'spec.a[1]'],
    ]);
  });

  test('may be JSON', () => {
    expect(read('{"a":\t"yes"}').documents).toEqual([
      { value: { a: 'yes' }, origin: { file: { path: 'a.yaml', index: 0, line: 1 } } },
    ]);
    expect(read('{a: yes}').documents[0]?.value).toEqual({ a: true });
    expect(read('{"a": ').findings).toHaveLength(1);
  });

  test('gives the configuration of eksctl apart', () => {
    const file = read('apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\n---\nb: 2\n');
    expect(file.documents).toHaveLength(1);
    expect(file.clusterConfigs).toEqual([
      expect.objectContaining({ value: expect.objectContaining({ kind: 'ClusterConfig' }) }),
    ]);
  });

  test.each(['', '\n', '# nothing\n', '---\n', '---\n---\n...\n', 'null\n'])('%j is empty', (text) => {
    expect(read(text)).toEqual({ documents: [], clusterConfigs: [], findings: [] });
  });

  test('with a byte order mark and line ends of Windows is read the same', () => {
    expect(namesOf(...read('\uFEFFa: 1\r\n---\r\nb: 2\r\n').documents.map(({ value }) => value))).toEqual([]);
    expect(read('\uFEFFa: 1\r\n---\r\nb: 2\r\n').documents.map(({ value }) => value)).toEqual([{ a: 1 }, { b: 2 }]);
  });
});
