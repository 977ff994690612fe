import { parseConfigFile } from '../../bin/config-file';
import { UsageError } from '../../bin/sources';

const parse = (text: string) => parseConfigFile(text, 'x.yaml');

test('every key', () => {
  const text = `
levels: { references/missing: warning, capacity: off, zones: "off" }
cluster: dist/cluster/prod.yaml
kubernetes: "1.30"
existing:
  - { kind: Secret, namespace: shop, name: db }
  - { kind: Namespace, namespace: '', name: shop, labels: { team: web } }
baseline: baseline.json
failOn: warning
`;
  expect(parse(text)).toEqual({
    levels: { 'references/missing': 'warning', capacity: 'off', zones: 'off' },
    cluster: 'dist/cluster/prod.yaml',
    kubernetes: '1.30',
    existing: [
      { kind: 'Secret', namespace: 'shop', name: 'db' },
      { kind: 'Namespace', namespace: '', name: 'shop', labels: { team: 'web' } },
    ],
    baseline: 'baseline.json',
    failOn: 'warning',
  });
  expect(parse('')).toEqual({});
});

test.each([
  ['- a', 'the file must be a map'],
  ['a: [', 'the YAML is invalid'],
  ['level: {}', "unknown key 'level'; did you mean 'levels'?"],
  ['xyzzyxyzzy: {}', "unknown key 'xyzzyxyzzy'; use 'levels'"],
  ['levels: 3', 'levels must be a map'],
  ['levels: { a/b: loud }', "the level of 'a/b' must be 'off', 'advice', 'warning', 'error'"],
  ['levels: { a/b: }', "the level of 'a/b' must be"],
  // 1.30 without quotes is 1.3
  ['kubernetes: 1.30', 'kubernetes must be a string; put it in quotes'],
  ['cluster: [a]', 'cluster must be a string'],
  ['failOn: never', "failOn must be 'advice', 'warning', 'error'"],
  ['existing: a', 'existing must be a list'],
  ['existing: [{ kind: Namespace, namespace: "", name: a, labels: { team: 1 } }]', 'existing[0].labels must be'],
  ['existing: [{ kind: Secret, name: db }]', 'existing[0] must be'],
  ['existing: [{ kind: Secret, namespace: a, name: db, more: 1 }]', 'existing[0] must be'],
])('%j is refused: %s', (text, message) => {
  expect(() => parse(text)).toThrow(UsageError);
  expect(() => parse(text)).toThrow(`x.yaml: ${message}`);
});
