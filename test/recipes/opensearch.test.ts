import { type Manifest, manifests, PROGRAMS } from '../golden/programs';
import { callersOf } from './callers';

const program = PROGRAMS.find(({ name }) => name === 'opensearch')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const pod = (name: string): Manifest => find('StatefulSet', name).spec.template.spec;

test.each(['manager', 'data'])('a drain takes one %s at a time', (name) => {
  const { maxUnavailable, unhealthyPodEvictionPolicy } = find('PodDisruptionBudget', name).spec;
  expect([maxUnavailable, unhealthyPodEvictionPolicy]).toEqual([1, 'IfHealthyBudget']);
  expect(find('StatefulSet', name).spec).toMatchObject({ replicas: 3, podManagementPolicy: 'Parallel' });
});

test('all nodes find the managers', () => {
  const seeds = objects.flatMap((object) => object?.data?.['discovery.seed_hosts'] ?? []);
  expect([seeds.length, new Set(seeds).size]).toEqual([2, 1]);
  const founders = objects.flatMap((object) => object?.data?.['cluster.initial_cluster_manager_nodes'] ?? []);
  expect(founders).toEqual(['manager-0,manager-1,manager-2']);
  expect(pod('manager').containers[0].env).toEqual([
    { name: 'node.name', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  ]);
});

test('nodes call each other, and the service calls data nodes only', () => {
  expect(callersOf(find('NetworkPolicy', 'data'))).toEqual({ 9200: ['data', 'web'], 9300: ['data', 'manager'] });
  expect(callersOf(find('NetworkPolicy', 'manager'))).toEqual({ 9200: ['manager'], 9300: ['data', 'manager'] });
});

test.each(['manager', 'data'])('a %s has the configuration of its image where it may write', (name) => {
  const { initContainers, containers } = pod(name);
  const mount = (container: Manifest) => container.volumeMounts.find((one: Manifest) => one.name === 'shared-config');
  expect(mount(initContainers[0]).mountPath).toBe(initContainers[0].command.at(-1));
  expect(mount(containers[0])).toEqual({ name: 'shared-config', mountPath: '/usr/share/opensearch/config' });
});

test('no container of the tenant is privileged', () => {
  expect(find('Namespace', 'search')?.metadata.labels).toMatchObject({
    'pod-security.kubernetes.io/enforce': 'restricted',
  });
});
