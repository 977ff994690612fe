import { type Manifest, manifests, PROGRAMS } from '../golden/programs';
import { callersOf } from './callers';

const program = PROGRAMS.find(({ name }) => name === 'minio')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const callers = (name: string) => callersOf(find('NetworkPolicy', name));

test('each member has two drives, and a drain takes one member', () => {
  const { replicas, volumeClaimTemplates } = find('StatefulSet', 'minio').spec;
  expect(replicas).toBe(4);
  expect(volumeClaimTemplates.map(({ metadata }: Manifest) => metadata.name)).toEqual(['drive1', 'drive2']);
  expect(find('PodDisruptionBudget', 'minio').spec.maxUnavailable).toBe(1);
});

test('the service calls the API, not the console', () => {
  expect(callers('minio')).toEqual({ 9000: ['minio', 'uploads'], 9001: ['minio'] });
});

test('the service does not get the credentials of root', () => {
  expect(JSON.stringify(find('Deployment', 'uploads'))).not.toContain('secret-root');
  expect(objects.filter((object) => object?.kind === 'Secret')).toEqual([]);
});
