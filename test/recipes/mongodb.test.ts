import { type Manifest, manifests, PROGRAMS } from '../golden/programs';
import { callersOf } from './callers';

const program = PROGRAMS.find(({ name }) => name === 'mongodb')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const pod: Manifest = find('StatefulSet', 'mongodb').spec.template.spec;

test('a drain leaves a majority, and members start together', () => {
  const { maxUnavailable, unhealthyPodEvictionPolicy } = find('PodDisruptionBudget', 'mongodb').spec;
  expect([maxUnavailable, unhealthyPodEvictionPolicy]).toEqual([1, 'IfHealthyBudget']);
  expect(find('StatefulSet', 'mongodb').spec).toMatchObject({ replicas: 3, podManagementPolicy: 'Parallel' });
});

test('members, the Job and the service call the members', () => {
  expect(callersOf(find('NetworkPolicy', 'mongodb'))).toEqual({ 27017: ['initiate', 'mongodb', 'web'] });
});

test('a server has its copy of the key alone, in the folder where it looks for it', () => {
  const paths = (container: Manifest): string[] => container.volumeMounts.map((mount: Manifest) => mount.mountPath);
  expect(paths(pod.initContainers[0])).toEqual(expect.arrayContaining(['/run/secrets/internal', '/etc/mongodb']));
  expect(paths(pod.containers[0])).toContain('/etc/mongodb');
  expect(paths(pod.containers[0])).not.toContain('/run/secrets/internal');
  expect(pod.containers[0].args).toContain('/etc/mongodb/keyfile');
});

test('the Job reaches members that are not ready, and the service knows all members', () => {
  const hosts = [0, 1, 2].map((id) => `mongodb-${id}.mongodb-headless.catalog.svc.cluster.local:27017`).join(',');
  const settings = objects.flatMap((object) => object?.data?.HOSTS ?? object?.data?.MONGODB_URI ?? []);
  expect(settings).toHaveLength(2);
  expect(settings.filter((text: string) => text.includes(hosts))).toHaveLength(2);
  expect(find('Service', 'mongodb-headless').spec.publishNotReadyAddresses).toBe(true);
});

test('the service reads its own password only', () => {
  expect(JSON.stringify(find('Deployment', 'web'))).not.toMatch(/secret-(admin|internal)/);
  expect(objects.filter((object) => object?.kind === 'Secret')).toEqual([]);
});
