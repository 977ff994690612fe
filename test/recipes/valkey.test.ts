import { type Manifest, manifests, PROGRAMS } from '../golden/programs';
import { callersOf } from './callers';

const program = PROGRAMS.find(({ name }) => name === 'valkey')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const callers = (name: string) => callersOf(find('NetworkPolicy', name));

test('a drain takes one member at a time', () => {
  expect(find('PodDisruptionBudget', 'valkey').spec.maxUnavailable).toBe(1);
  expect(find('StatefulSet', 'valkey').spec).toMatchObject({ replicas: 6, podManagementPolicy: 'Parallel' });
});

test('only members use the bus', () => {
  expect(callers('valkey')).toEqual({ 6379: ['valkey', 'valkey-bootstrap', 'web'], 16379: ['valkey'] });
});

test('the password is a file of Secrets Manager', () => {
  expect(objects.filter((object) => object?.kind === 'Secret')).toEqual([]);
  expect(JSON.stringify(find('StatefulSet', 'valkey'))).toContain('secrets-store.csi.k8s.io');
});
