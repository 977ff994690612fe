import { type Manifest, manifests, PROGRAMS } from '../golden/programs';

const program = PROGRAMS.find(({ name }) => name === 'postgresql')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const callers = (name: string, port: number): string[] =>
  find('NetworkPolicy', name)
    .spec.ingress.filter(({ ports }: Manifest) => ports.some((open: Manifest) => open.port === port))
    .flatMap(({ from }: Manifest) => from)
    .map((peer: Manifest) => peer.podSelector?.matchLabels['app.kubernetes.io/name'] ?? 'monitoring')
    .sort();

test('who calls the servers, and who their exporters', () => {
  expect(callers('primary', 5432)).toEqual(['dump', 'replica', 'web']);
  expect(callers('replica', 5432)).toEqual(['replica', 'web']);
  expect(callers('primary', 9187)).toEqual(['monitoring']);
  expect(callers('replica', 9187)).toEqual(['monitoring', 'replica']);
});

test('a base backup has the data folder and the password of replication', () => {
  const { initContainers } = find('StatefulSet', 'replica').spec.template.spec;
  const backup: Manifest = initContainers.find(({ name }: Manifest) => name === 'base-backup');
  expect(backup.volumeMounts).toContainEqual({
    name: 'data',
    mountPath: '/var/lib/postgresql/data',
    subPath: 'postgresql',
  });
  expect(backup.env).toContainEqual({
    name: 'REPLICATION_PASSWORD_FILE',
    value: '/run/secrets/replication/password',
  });
});

test('the password of the administrator is mounted by the primary alone', () => {
  const readers = objects.filter((object) => JSON.stringify(object?.spec ?? {}).includes('"secret-admin"'));
  expect(readers.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual(['StatefulSet/primary']);
  expect(objects.filter((object) => object?.kind === 'Secret')).toEqual([]);
});

test('a drain takes one replica at a time, and a dump does not overlap the next', () => {
  expect(find('PodDisruptionBudget', 'replica').spec.maxUnavailable).toBe(1);
  expect(find('CronJob', 'dump').spec.concurrencyPolicy).toBe('Forbid');
});
