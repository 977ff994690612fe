import { type Manifest, manifests, PROGRAMS } from '../golden/programs';
import { callersOf } from './callers';

const program = PROGRAMS.find(({ name }) => name === 'cassandra')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const { spec } = find('StatefulSet', 'cassandra');
const pod: Manifest = spec.template.spec;

test('nodes join one after the other, and a drain takes one at a time', () => {
  const { maxUnavailable, unhealthyPodEvictionPolicy } = find('PodDisruptionBudget', 'cassandra').spec;
  expect([maxUnavailable, unhealthyPodEvictionPolicy]).toEqual([1, 'IfHealthyBudget']);
  expect(spec).toMatchObject({ replicas: 3, podManagementPolicy: 'OrderedReady' });
});

test('the rack is the zone, and each zone has a node', () => {
  const [container] = pod.containers;
  expect(container.env).toContainEqual({
    name: 'CASSANDRA_RACK',
    valueFrom: { fieldRef: { fieldPath: "metadata.labels['topology.kubernetes.io/zone']" } },
  });
  expect(pod.topologySpreadConstraints).toContainEqual(
    expect.objectContaining({ topologyKey: 'topology.kubernetes.io/zone', minDomains: 3, maxSkew: 1 }),
  );
});

test('a node has the configuration of its image in a folder that it may write to', () => {
  const mount = (container: Manifest) => container.volumeMounts.find(({ name }: Manifest) => name === 'shared-config');
  expect(pod.initContainers[0].image).toBe(pod.containers[0].image);
  expect(mount(pod.initContainers[0]).mountPath).toBe(pod.initContainers[0].command.at(-1));
  expect(mount(pod.containers[0])).toEqual({ name: 'shared-config', mountPath: '/etc/cassandra' });
});

test('a node that stops is drained first, within its grace period', () => {
  expect(pod.containers[0].lifecycle.preStop.exec.command.slice(-2)).toEqual(['nodetool', 'drain']);
  expect(pod.terminationGracePeriodSeconds).toBe(5 + 300 + 30 + 5);
});

test('only members call the port between nodes', () => {
  expect(callersOf(find('NetworkPolicy', 'cassandra'))).toEqual({ 7000: ['cassandra'], 9042: ['cassandra', 'web'] });
});
