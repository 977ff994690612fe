import { replacements } from './harness/capacity';
import { type ClusterConfig, nodesOf, ZONE } from './harness/nodes';

const config: ClusterConfig = {
  metadata: { name: 'prod', region: 'us-west-2' },
  availabilityZones: ['us-west-2a', 'us-west-2b', 'us-west-2c'],
  managedNodeGroups: [
    { name: 'workers', instanceType: 'm5.large', desiredCapacity: 4, labels: { tier: 'shop' } },
    {
      name: 'single-zone',
      instanceType: 't3.medium',
      minSize: 1,
      availabilityZones: ['us-west-2b'],
      taints: [{ key: 'dedicated', value: 'batch', effect: 'NoSchedule' }],
    },
  ],
};

test('each group has its desired capacity, over its zones in turn', () => {
  const zones = nodesOf(config).map(({ metadata }) => [metadata?.name, metadata?.labels?.[ZONE]]);
  expect(zones).toEqual([
    ['workers-0', 'us-west-2a'],
    ['workers-1', 'us-west-2b'],
    ['workers-2', 'us-west-2c'],
    ['workers-3', 'us-west-2a'],
    ['single-zone-0', 'us-west-2b'],
  ]);
});

test('a node has the labels of EKS, the labels and taints of its group, and what its instance type has for pods', () => {
  const [first, , , , last] = nodesOf(config);
  expect(first?.metadata?.labels).toMatchObject({
    'alpha.eksctl.io/nodegroup-name': 'workers',
    'eks.amazonaws.com/nodegroup': 'workers',
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': 'workers-0',
    'node.kubernetes.io/instance-type': 'm5.large',
    'topology.kubernetes.io/region': 'us-west-2',
    tier: 'shop',
  });
  expect(first?.status?.allocatable).toMatchObject({ cpu: '1930m', memory: '6903Mi', pods: '29' });
  expect(last?.spec?.taints).toEqual([{ key: 'dedicated', value: 'batch', effect: 'NoSchedule' }]);
});

test('an instance type that nobody knows is an error', () => {
  const managedNodeGroups = [{ name: 'workers', instanceType: 'm9.huge' }];
  expect(() => nodesOf({ ...config, managedNodeGroups })).toThrow('m9.huge');
});

test.each([
  { kept: [1, 2], lost: [0, 3] },
  { kept: [0, 2, 3], lost: [1] },
  { kept: [1, 2, 6, 9], lost: [4, 5] },
])('nodes in place of $lost beside $kept are new, and in the zones of the lost ones', ({ kept, lost }) => {
  const added = replacements(kept, lost, 3);
  expect(new Set([...kept, ...lost, ...added]).size).toBe(kept.length + 2 * lost.length);
  expect(added.map((index) => index % 3)).toEqual(lost.map((index) => index % 3));
});
