import type { NodeGroup } from '../../charts/cluster/props';
import { BASE, GROUP, made, refusal } from './support';

const groups = (...nodeGroups: unknown[]) => ({ ...BASE, nodeGroups });
const rendered = (group: NodeGroup) => made({ ...BASE, nodeGroups: [group] }).config.managedNodeGroups[0];
const refused = (change: object) => refusal(groups({ ...GROUP, ...change }));

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

  test.each<[object, RegExp]>([
    [{ name: 'a_b' }, /node group 'a_b' has no valid name.*letters, digits and '-'/],
    [{ name: 'a'.repeat(64) }, /no valid name/],
    [{ name: 'a-' }, /no valid name/],
    [{ name: undefined }, /the name of nodeGroups\[0\] is missing/],
    [{ instanceType: 'm5' }, /has the instance type 'm5'\. Write for example 'm5.large'/],
    [{ instanceType: undefined }, /has the instance type missing/],
    [{ instanceType: [] }, /has the instance type missing/],
    [{ instanceType: ['m5.large', undefined] }, /has the instance type missing/],
    [{ instanceType: ['m5.large', 'm5.large'] }, /names 'm5.large' twice/],
    [{ instanceType: ['m5.large', 'm7g.large'] }, /mixes architectures: 'm5.large' is amd64, 'm7g.large' is arm64/],
    [{ maxSize: 1 }, /minSize 2, desiredCapacity 2 and maxSize 1.*\(minSize is 2 unless given\)/],
    [{ minSize: 3, desiredCapacity: 2 }, /minSize 3, desiredCapacity 2/],
    [{ minSize: 1, desiredCapacity: 5, maxSize: 3 }, /desiredCapacity 5 and maxSize 3/],
    [{ minSize: -1 }, /minSize of node group 'standard-workers' is -1/],
    [{ minSize: 0, maxSize: 0 }, /maxSize .* is 0\. Write a whole number of at least 1/],
    [{ minSize: 1.5 }, /is 1\.5/],
    [{ amiFamily: 'AmazonLinux2' }, /amiFamily .* is 'AmazonLinux2'\. Write 'AmazonLinux2023' or 'Bottlerocket'/],
    [{ spot: 'yes' }, /spot .* is 'yes'/],
    [{ volumeSize: 10 }, /volumeSize .* is 10\. Write a whole number from 20/],
    [{ labels: { 'a b': 'c' } }, /'a b' is no label key/],
    [{ labels: { a: 'b c' } }, /has the value 'b c'/],
    [{ labels: { 'node-role.kubernetes.io/worker': '' } }, /belongs to Kubernetes.*'example.com\/worker'/],
    [{ labels: { 'k8s.io/x': 'y' } }, /belongs to Kubernetes/],
    [{ taints: [{ key: 'a b', effect: 'NoSchedule' }] }, /a taint .* has the key 'a b'/],
    [{ taints: [{ key: 'a', value: 'b c', effect: 'NoSchedule' }] }, /taint 'a' .* has the value 'b c'/],
    [{ taints: [{ key: 'a', effect: 'NoRun' }] }, /the effect of taint 'a' .* is 'NoRun'/],
    [{ taints: [{ key: 'a', effect: 'NoSchedule', operator: 'Exists' }] }, /unknown key 'operator' in a taint/],
    [{ availabilityZones: ['us-west-2f'] }, /a zone of .* is 'us-west-2f'\. Write 'us-west-2a' or/],
    [{ availabilityZones: [] }, /availabilityZones of node group 'standard-workers' are \[\]/],
    [{ availabilityZones: ['us-west-2a', 'us-west-2a'] }, /each once/],
    [{ maxsize: 3 }, /unknown key 'maxsize' in nodeGroups\[0\]\. Did you mean 'maxSize'/],
  ])('%j is refused', (change, message) => {
    expect(refused(change)).toMatch(message);
  });

  test('two groups of a name, none, and something else are refused', () => {
    expect(refusal(groups(GROUP, GROUP))).toMatch(/two node groups are named 'standard-workers'/);
    expect(refusal(groups())).toMatch(/nodeGroups is \[\]: nothing to run on/);
    expect(refusal(BASE)).toMatch(/nodeGroups is missing: nothing to run on/);
    expect(refusal(groups('m5.large'))).toMatch(/nodeGroups\[0\] is 'm5.large'/);
    expect(refusal(groups(undefined))).toMatch(/nodeGroups\[0\] is/);
  });
});

describe('seldom meant', () => {
  const warnings = (...nodeGroups: [NodeGroup, ...NodeGroup[]]) =>
    made({ ...BASE, publicAccessCIDRs: ['0.0.0.0/0'], nodeGroups }).warnings;
  const tainted: NodeGroup = { ...GROUP, name: 'tainted', taints: [{ key: 'a', effect: 'NoExecute' }] };

  test('Spot of a single type', () => {
    expect(warnings({ ...GROUP, spot: true })).toEqual([
      expect.stringMatching(/^prod: managedNodeGroups\[0\].*: Spot capacity of one type, 'm5.large'/),
    ]);
    expect(warnings({ ...GROUP, spot: true, instanceType: ['m5.large', 'm6i.large'] })).toEqual([]);
  });

  test('nowhere for CoreDNS to run', () => {
    expect(warnings(tainted)).toEqual([expect.stringMatching(/every node group refuses pods by a taint.*CoreDNS/)]);
    expect(warnings(tainted, GROUP)).toEqual([]);
    expect(warnings({ ...GROUP, taints: [{ key: 'a', effect: 'PreferNoSchedule' }] })).toEqual([]);
  });
});
