import { type Manifest, manifests, PROGRAMS } from '../golden/programs';
import { callersOf } from './callers';

const program = PROGRAMS.find(({ name }) => name === 'kafka')!;
const objects = manifests(program).map(({ manifest }) => manifest);
const find = (kind: string, name: string): Manifest =>
  objects.find((object) => object?.kind === kind && object.metadata.name === name);
const callers = (name: string) => callersOf(find('NetworkPolicy', name));

test.each(['controller', 'broker'])('a drain takes one %s at a time', (name) => {
  const { maxUnavailable, unhealthyPodEvictionPolicy } = find('PodDisruptionBudget', name).spec;
  expect([maxUnavailable, unhealthyPodEvictionPolicy]).toEqual([1, 'IfHealthyBudget']);
  expect(find('StatefulSet', name).spec.podManagementPolicy).toBe('Parallel');
});

test('node ids of brokers follow those of the controllers', () => {
  expect(find('StatefulSet', 'controller').spec.ordinals).toBeUndefined();
  expect(find('StatefulSet', 'broker').spec.ordinals).toEqual({ start: 3 });
});

test('clients call brokers on the port of clients only, and no controller', () => {
  const subnets = ['192.168.128.0/19', '192.168.160.0/19', '192.168.96.0/19'];
  expect(callers('broker')).toEqual({
    9092: [...subnets, 'broker', 'consumer'],
    9094: ['broker', 'controller'],
    9095: [...subnets, 'broker'],
  });
  expect(callers('controller')).toEqual({ 9093: ['broker', 'controller'] });
});

test('each broker advertises the name of its load balancer', () => {
  const advertised = objects.flatMap((object) => object?.data?.KAFKA_ADVERTISED_LISTENERS ?? []);
  const inPods = find('StatefulSet', 'broker').spec.template.spec.containers[0].env.flatMap(
    ({ name, value }: Manifest) => (name === 'KAFKA_ADVERTISED_LISTENERS' ? [value] : []),
  );
  const told = [...advertised, ...inPods];
  expect(told).toHaveLength(1);
  for (const ordinal of [3, 4, 5]) {
    const { annotations } = find('Service', `broker-${ordinal}-nlb`).metadata;
    const name = annotations['external-dns.alpha.kubernetes.io/hostname'];
    expect(told[0].replaceAll('$(POD_NAME)', `broker-${ordinal}`)).toContain(`VPC://${name}:9095`);
  }
});

test('both sets have the same voters', () => {
  const voters = objects.flatMap((object) => object?.data?.KAFKA_CONTROLLER_QUORUM_VOTERS ?? []);
  expect(voters).toHaveLength(2);
  expect(new Set(voters).size).toBe(1);
});
