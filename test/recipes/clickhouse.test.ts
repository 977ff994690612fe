import { type Manifest, manifests, PROGRAMS } from '../golden/programs';
import { callersOf } from './callers';

const program = PROGRAMS.find(({ name }) => name === 'clickhouse')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const callers = (name: string) => callersOf(find('NetworkPolicy', name));
const file = (config: string): string[] =>
  objects
    .flatMap((object) => Object.entries<string>(object?.data ?? {}))
    .flatMap(([name, text]) => (name.endsWith(config) ? [text] : []));

test('Keepers keep a majority in a drain, and their ids begin with 1', () => {
  expect(find('PodDisruptionBudget', 'keeper').spec.maxUnavailable).toBe(1);
  expect(find('StatefulSet', 'keeper').spec).toMatchObject({ replicas: 3, ordinals: { start: 1 } });
  const hosts = [...file('keeper_config.xml')[0]!.matchAll(/<id>(\d)<\/id><hostname>keeper-(\d)\./g)];
  expect(hosts.map(([, id, ordinal]) => [id, ordinal])).toEqual([
    ['1', '1'],
    ['2', '2'],
    ['3', '3'],
  ]);
});

test('a port is open to those who need it', () => {
  expect(callers('keeper')).toEqual({ 9181: ['keeper', 'shard-1', 'shard-2'], 9182: ['keeper'], 9234: ['keeper'] });
  expect(callers('shard-1')).toEqual({ 8123: ['reports', 'shard-1'], 9000: ['shard-1', 'shard-2'], 9009: ['shard-1'] });
  expect(callers('shard-2')).toEqual({ 8123: ['reports', 'shard-2'], 9000: ['shard-1', 'shard-2'], 9009: ['shard-2'] });
});

test('all servers know all servers', () => {
  const files = file('cluster.xml');
  expect([files.length, new Set(files).size]).toEqual([2, 1]);
  expect([...files[0]!.matchAll(/<host>(shard-\d-\d)\./g)].map(([, host]) => host)).toEqual([
    'shard-1-0',
    'shard-1-1',
    'shard-2-0',
    'shard-2-1',
  ]);
});

test('passwords are not in the files', () => {
  expect(file('users.xml')[0]).toContain('<password from_env="READER_PASSWORD"/>');
  expect(objects.filter((object) => object?.kind === 'Secret')).toEqual([]);
});
