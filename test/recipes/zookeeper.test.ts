import { type Manifest, manifests, PROGRAMS } from '../golden/programs';
import { callersOf } from './callers';

const program = PROGRAMS.find(({ name }) => name === 'zookeeper')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const { spec } = find('StatefulSet', 'zookeeper');

test('members start together, and a drain leaves a majority', () => {
  const { maxUnavailable, unhealthyPodEvictionPolicy } = find('PodDisruptionBudget', 'zookeeper').spec;
  expect([maxUnavailable, unhealthyPodEvictionPolicy]).toEqual([1, 'IfHealthyBudget']);
  expect(spec).toMatchObject({ replicas: 3, podManagementPolicy: 'Parallel', ordinals: { start: 1 } });
});

test('the id of a member is the number of its pod, as in the list of servers', () => {
  const [container] = spec.template.spec.containers;
  expect([container.command, container.args]).toEqual([undefined, undefined]);
  expect(container.env).toEqual([
    {
      name: 'ZOO_MY_ID',
      valueFrom: { fieldRef: { fieldPath: "metadata.labels['apps.kubernetes.io/pod-index']" } },
    },
  ]);
  const config = objects.flatMap((object) => object?.data?.['conf_zoo.cfg'] ?? [])[0]!;
  const servers = [...config.matchAll(/^server\.(\d)=zookeeper-(\d)\./gm)];
  expect(servers.map(([, id, ordinal]) => [id, ordinal])).toEqual([
    ['1', '1'],
    ['2', '2'],
    ['3', '3'],
  ]);
});

test('each member has a volume for its log', () => {
  const mounts = spec.template.spec.containers[0].volumeMounts.map((mount: Manifest) => [mount.name, mount.mountPath]);
  expect(mounts).toEqual(
    expect.arrayContaining([
      ['data', '/data'],
      ['log', '/datalog'],
    ]),
  );
});

test('clients call the port of clients only', () => {
  expect(callersOf(find('NetworkPolicy', 'zookeeper'))).toEqual({
    2181: ['scheduler', 'zookeeper'],
    2888: ['zookeeper'],
    3888: ['zookeeper'],
    7000: ['monitoring/', 'zookeeper'],
  });
});
