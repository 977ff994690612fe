import { type Manifest, manifests, PROGRAMS } from '../golden/programs';
import { callersOf } from './callers';

const program = PROGRAMS.find(({ name }) => name === 'airflow')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const COMPONENTS = ['api', 'scheduler', 'dag-processor', 'triggerer', 'worker'];
const podOf = (name: string): Manifest => find('Deployment', name).spec.template.spec;
const calls = (name: string): number[] =>
  find('NetworkPolicy', name).spec.egress.flatMap(({ ports }: Manifest) => ports.map(({ port }: Manifest) => port));

test.each(COMPONENTS)(
  '%s waits for the migration with the settings, secrets and folders of its own container',
  (name) => {
    const { containers, initContainers } = podOf(name);
    const [main] = containers;
    const waits: Manifest = initContainers.find((container: Manifest) => container.name === 'wait-for-migrations');
    expect({ image: waits.image, env: waits.env, envFrom: waits.envFrom }).toEqual({
      image: main.image,
      env: main.env,
      envFrom: main.envFrom,
    });
    expect(main.volumeMounts).toEqual(expect.arrayContaining(waits.volumeMounts));
    const folders = waits.volumeMounts.map(({ mountPath }: Manifest) => mountPath);
    expect(folders).toEqual(expect.arrayContaining(['/run/secrets/database', '/opt/airflow/airflow.cfg', '/tmp']));
  },
);

test.each(['dag-processor', 'triggerer', 'worker'])('%s starts when git-sync has checked out its files', (name) => {
  const { containers, initContainers } = podOf(name);
  const mount = { name: 'shared-dags', mountPath: '/opt/airflow/dags' };
  expect(containers[0].volumeMounts).toContainEqual(mount);
  expect(initContainers[0]).toMatchObject({ name: 'git-sync', restartPolicy: 'Always' });
  expect(initContainers[0].volumeMounts).toContainEqual(mount);
  expect(initContainers[0].startupProbe.httpGet).toEqual({ path: '/', port: 1234 });
});

test('a worker finishes its tasks, and is scaled by the tasks that are due', () => {
  expect(podOf('worker').terminationGracePeriodSeconds).toBeGreaterThan(600);
  const [trigger] = find('ScaledObject', 'worker').spec.triggers;
  expect(trigger).toMatchObject({ type: 'postgresql', metadata: { targetQueryValue: '1' } });
  expect(find('TriggerAuthentication', trigger.authenticationRef.name).spec.awsSecretManager.secrets).toEqual([
    { name: 'airflow/database', parameter: 'connection', secretKey: 'url' },
  ]);
});

test('logs are read by the API server alone, and the API by workers', () => {
  expect(callersOf(find('NetworkPolicy', 'worker'))).toEqual({ 8793: ['api'] });
  expect(callersOf(find('NetworkPolicy', 'triggerer'))).toEqual({ 8794: ['api'] });
  expect(calls('worker')).toContain(8080);
});

test('all reach the database, and only the scheduler and workers the broker', () => {
  const clients = (port: number) => ['migrate', ...COMPONENTS].filter((name) => calls(name).includes(port));
  expect(clients(5432)).toEqual(['migrate', ...COMPONENTS]);
  expect(clients(6379)).toEqual(['scheduler', 'worker']);
});

test('the password of the administrator is mounted by the migration alone', () => {
  const readers = objects.filter((object) => JSON.stringify(object?.spec ?? {}).includes('"secret-admin"'));
  expect(readers.map(({ kind, spec }) => [kind, spec.template.metadata.labels['app.kubernetes.io/name']])).toEqual([
    ['Job', 'migrate'],
  ]);
  expect(objects.filter((object) => object?.kind === 'Secret')).toEqual([]);
});
