import { type Manifest, manifests, PROGRAMS } from '../golden/programs';
import { callersOf } from './callers';

const program = PROGRAMS.find(({ name }) => name === 'mysql')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const ofSet: Manifest = find('StatefulSet', 'mysql').spec.template.spec;
const ofJob: Manifest = find('CronJob', 'dump').spec.jobTemplate.spec.template.spec;
const dumpIn = (container: Manifest): string =>
  container.volumeMounts.find(({ name }: Manifest) => name === 'shared-dump').mountPath;

test('a dump is restored where the image looks for it, and the volume is only looked at', () => {
  expect([dumpIn(ofSet.initContainers[0]), dumpIn(ofSet.containers[0])]).toEqual([
    '/dump',
    '/docker-entrypoint-initdb.d',
  ]);
  const data = { name: 'data', mountPath: '/var/lib/mysql', subPath: 'data' };
  expect(ofSet.initContainers[0].volumeMounts).toContainEqual({ ...data, readOnly: true });
  expect(ofSet.containers[0].volumeMounts).toContainEqual(data);
});

test('the job writes a dump before it uploads it', () => {
  expect(ofJob.initContainers.map(({ image }: Manifest) => image)).toEqual([ofSet.containers[0].image]);
  expect([dumpIn(ofJob.initContainers[0]), dumpIn(ofJob.containers[0])]).toEqual(['/dump', '/dump']);
  expect(find('CronJob', 'dump').spec.concurrencyPolicy).toBe('Forbid');
});

test('the database reads the dump, and the job writes it', () => {
  const config = objects.find((object) => object?.kind === 'ClusterConfig');
  const actions = (name: string) => {
    const { podIdentityAssociations } = config!.iam;
    const own = podIdentityAssociations.find(({ serviceAccountName }: Manifest) => serviceAccountName === name);
    return own.permissionPolicy.Statement.flatMap(({ Action }: Manifest) => Action).filter((action: string) =>
      action.startsWith('s3:'),
    );
  };
  expect([actions('mysql').sort(), actions('dump')]).toEqual([['s3:GetObject', 's3:ListBucket'], ['s3:PutObject']]);
});

test('the job and the service call the database', () => {
  expect(callersOf(find('NetworkPolicy', 'mysql'))).toEqual({ 3306: ['dump', 'web'] });
});

test('the password of root is mounted by the database alone', () => {
  const readers = objects.filter((object) => JSON.stringify(object?.spec ?? {}).includes('"secret-root"'));
  expect(readers.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual(['StatefulSet/mysql']);
  expect(objects.filter((object) => object?.kind === 'Secret')).toEqual([]);
});
