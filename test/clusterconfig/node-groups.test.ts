import type { NodeGroup } from '../../charts/cluster/props';
import { BASE, GROUP, made, refused } from './support';

const groups = (...nodeGroups: unknown[]) => ({ ...BASE, nodeGroups });
const rendered = (group: NodeGroup) => made({ ...BASE, nodeGroups: [group] }).config.managedNodeGroups[0];

describe('a node group', () => {
  test.each<[Partial<NodeGroup>, number, number, number]>([
    [{}, 2, 2, 2],
    [{ minSize: 3 }, 3, 3, 3],
    [{ desiredCapacity: 4 }, 2, 4, 4],
    [{ maxSize: 5 }, 2, 2, 5],
    [{ minSize: 0 }, 0, 0, 1],
    [{ minSize: 1, desiredCapacity: 2, maxSize: 3 }, 1, 2, 3],
  ])('%j has the sizes %i, %i, %i', (sizes, minSize, desiredCapacity, maxSize) => {
    expect(rendered({ ...GROUP, ...sizes })).toMatchObject({ minSize, desiredCapacity, maxSize });
  });

  test('takes one type or several, Spot, Bottlerocket, a volume, labels, taints and zones', () => {
    const group = rendered({
      name: 'spot',
      instanceType: ['m5.large', 'm6i.large'],
      spot: true,
      amiFamily: 'Bottlerocket',
      volumeSize: 120,
      labels: { pool: 'spot', 'node.kubernetes.io/pool': 'x' },
      taints: [{ key: 'example.com/spot', effect: 'NoSchedule' }],
      availabilityZones: ['us-west-2b'],
    });
    expect(group).toMatchObject({
      instanceTypes: ['m5.large', 'm6i.large'],
      spot: true,
      amiFamily: 'Bottlerocket',
      volumeSize: 120,
      labels: { pool: 'spot', 'node.kubernetes.io/pool': 'x' },
      taints: [{ key: 'example.com/spot', effect: 'NoSchedule' }],
      availabilityZones: ['us-west-2b'],
    });
    expect(group).not.toHaveProperty('instanceType');
  });

  test('of Windows has what one of Linux has, but no automatic repair', () => {
    const windows = rendered({ ...GROUP, amiFamily: 'WindowsServer2022CoreContainer' });
    const { nodeRepairConfig, ...linux } = rendered(GROUP)!;
    expect(nodeRepairConfig).toEqual({ enabled: true });
    expect(windows).toEqual({ ...linux, amiFamily: 'WindowsServer2022CoreContainer' });
  });

  test.each([
    ['X74', { instanceType: 'm7g.large' }],
    ['X111', { volumeSize: 40 }],
  ])('of Windows is held against rule %s', (rule, change) => {
    const windows = { ...GROUP, name: 'windows', amiFamily: 'WindowsServer2022CoreContainer', ...change } as const;
    const { errors } = made({ ...BASE, nodeGroups: [GROUP, windows] });
    expect(errors.map((error) => error.message)).toEqual([
      expect.stringMatching(new RegExp(`managedNodeGroups\\[1\\].* \\[${rule}\\]$`)),
    ]);
  });

  test.each<[object, string, string]>([
    [{ name: 'a_b' }, 'props/invalid', '.name'],
    [{ name: 'a'.repeat(64) }, 'props/invalid', '.name'],
    [{ name: 'a-' }, 'props/invalid', '.name'],
    [{ name: undefined }, 'props/required', '.name'],
    [{ instanceType: 'm5' }, 'props/invalid', '.instanceType'],
    [{ instanceType: undefined }, 'props/required', '.instanceType'],
    [{ instanceType: [] }, 'props/required', '.instanceType'],
    [{ instanceType: ['m5.large', undefined] }, 'props/required', '.instanceType[1]'],
    [{ instanceType: ['m5.large', 'm5.large'] }, 'props/duplicate', '.instanceType[1]'],
    [{ instanceType: ['m5.large', 'm7g.large'] }, 'props/forbidden', '.instanceType[1]'],
    [{ maxSize: 1 }, 'props/forbidden', '.maxSize'],
    [{ minSize: 3, desiredCapacity: 2 }, 'props/forbidden', '.desiredCapacity'],
    [{ minSize: 1, desiredCapacity: 5, maxSize: 3 }, 'props/forbidden', '.maxSize'],
    [{ minSize: -1 }, 'props/invalid', '.minSize'],
    [{ minSize: 0, maxSize: 0 }, 'props/invalid', '.maxSize'],
    [{ minSize: 1.5 }, 'props/invalid', '.minSize'],
    [{ amiFamily: 'AmazonLinux2' }, 'props/unsupported', '.amiFamily'],
    [{ amiFamily: 'WindowsServer2016CoreContainer' }, 'props/unsupported', '.amiFamily'],
    [{ spot: 'yes' }, 'props/type', '.spot'],
    [{ volumeSize: 10 }, 'props/invalid', '.volumeSize'],
    [{ labels: { 'a b': 'c' } }, 'props/invalid', ".labels['a b']"],
    [{ labels: { a: 'b c' } }, 'props/invalid', ".labels['a']"],
    [
      { labels: { 'node-role.kubernetes.io/worker': '' } },
      'props/forbidden',
      ".labels['node-role.kubernetes.io/worker']",
    ],
    [{ labels: { 'k8s.io/x': 'y' } }, 'props/forbidden', ".labels['k8s.io/x']"],
    [{ taints: [{ key: 'a b', effect: 'NoSchedule' }] }, 'props/invalid', '.taints[0].key'],
    [{ taints: [{ key: 'a', value: 'b c', effect: 'NoSchedule' }] }, 'props/invalid', '.taints[0].value'],
    [{ taints: [{ key: 'a', effect: 'NoRun' }] }, 'props/unsupported', '.taints[0].effect'],
    [{ taints: [{ key: 'a', effect: 'NoSchedule', operator: 'Exists' }] }, 'props/unknown', '.taints[0].operator'],
    [{ availabilityZones: ['us-west-2f'] }, 'props/unsupported', '.availabilityZones[0]'],
    [{ availabilityZones: [] }, 'props/invalid', '.availabilityZones'],
    [{ availabilityZones: ['us-west-2a', 'us-west-2a'] }, 'props/duplicate', '.availabilityZones'],
    [{ maxsize: 3 }, 'props/unknown', '.maxsize'],
  ])('%j is refused', (change, rule, field) => {
    expect(refused(groups({ ...GROUP, ...change }))).toEqual([rule, `nodeGroups[0]${field}`]);
  });

  test('two groups of a name, none, and something else are refused', () => {
    expect(refused(groups(GROUP, GROUP))).toEqual(['props/duplicate', 'nodeGroups[1].name']);
    expect(refused(groups())).toEqual(['props/invalid', 'nodeGroups']);
    expect(refused(BASE)).toEqual(['props/required', 'nodeGroups']);
    expect(refused(groups('m5.large'))).toEqual(['props/type', 'nodeGroups[0]']);
    expect(refused(groups(undefined))).toEqual(['props/type', 'nodeGroups[0]']);
  });
});

describe('a group that may have no nodes', () => {
  const TAG = 'k8s.io/cluster-autoscaler/node-template/resources/';
  const empty: NodeGroup = { ...GROUP, minSize: 0, maxSize: 4, volumeSize: 100 };
  const tagsOf = (group: NodeGroup, over: object = {}) =>
    made({ ...BASE, nodeGroups: [group], config: { managedNodeGroups: [{ name: group.name, ...over }] } }).config
      .managedNodeGroups[0].tags;

  test('says what the autoscaler cannot see without a node: the local disk, of which every pod asks a share', () => {
    expect(tagsOf(empty)).toEqual({ [`${TAG}ephemeral-storage`]: '89Gi' });
    expect(tagsOf({ ...empty, volumeSize: 20 })).toEqual({ [`${TAG}ephemeral-storage`]: '17Gi' });
  });

  test('and its network adapters, of the type that has the fewest', () => {
    const efa = { ...empty, instanceType: 'p4d.24xlarge' } as const;
    expect(tagsOf(efa)).not.toHaveProperty([`${TAG}vpc.amazonaws.com/efa`]);
    expect(tagsOf(efa, { efaEnabled: true })).toMatchObject({ [`${TAG}vpc.amazonaws.com/efa`]: '4' });
    const two = { ...empty, instanceType: ['p4d.24xlarge', 'c5n.18xlarge'] } as const;
    expect(tagsOf(two, { efaEnabled: true })).toMatchObject({ [`${TAG}vpc.amazonaws.com/efa`]: '1' });
    const unknown = { ...empty, instanceType: 'p99.24xlarge' } as const;
    expect(tagsOf(unknown, { efaEnabled: true })).not.toHaveProperty([`${TAG}vpc.amazonaws.com/efa`]);
  });

  test('beside tags of its own, which win', () => {
    const tags = { team: 'ml', [`${TAG}ephemeral-storage`]: '50Gi' };
    expect(tagsOf(empty, { tags })).toEqual(tags);
  });

  test('a group that always has a node has no such tags', () => {
    expect(tagsOf({ ...empty, minSize: 1 })).toBeUndefined();
  });
});

describe('seldom meant', () => {
  const warnings = (...nodeGroups: [NodeGroup, ...NodeGroup[]]) =>
    made({ ...BASE, publicAccessCIDRs: ['0.0.0.0/0'], nodeGroups }).warnings;
  const tainted: NodeGroup = { ...GROUP, name: 'tainted', taints: [{ key: 'a', effect: 'NoExecute' }] };

  test('Spot of a single type', () => {
    expect(warnings({ ...GROUP, spot: true })).toEqual([
      expect.stringMatching(/^prod: managedNodeGroups\[0\].* \[X85\]$/),
    ]);
    expect(warnings({ ...GROUP, spot: true, instanceType: ['m5.large', 'm6i.large'] })).toEqual([]);
  });

  test('nowhere for CoreDNS to run', () => {
    expect(warnings(tainted)).toEqual([expect.stringMatching(/ \[X36\]$/)]);
    expect(warnings(tainted, GROUP)).toEqual([]);
    expect(warnings({ ...GROUP, taints: [{ key: 'a', effect: 'PreferNoSchedule' }] })).toEqual([]);
  });
});
