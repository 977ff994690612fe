import { isBurstable } from '../../../eks/instance-types';
import { findingsOf } from './support';

const placesOf = (config: Parameters<typeof findingsOf>[0]) =>
  findingsOf(config)
    .filter(({ field = '' }) => /^(managedN|n)odeGroups/.test(field))
    .map(({ rule, field }) => `${rule} ${field}`);

describe('several node groups', () => {
  test('are each checked at their own path, the self-managed ones first', () => {
    const group = { volumeIOPS: 20000, volumeSize: 80 };
    expect(
      placesOf({
        managedNodeGroups: [
          { name: 'a', ...group },
          { name: 'b', volumeIOPS: 3000 },
          { name: 'c', ...group },
        ],
        nodeGroups: [{ name: 'd', ...group }],
      }),
    ).toEqual([
      'B3c nodeGroups[0].volumeIOPS',
      'B3c managedNodeGroups[0].volumeIOPS',
      'B3c managedNodeGroups[2].volumeIOPS',
    ]);
  });

  test('of both kinds are checked by the rules of their kind: the same group is refused as one and not as the other', () => {
    const group = { name: 'a', volumeEncrypted: true, minSize: 3, maxSize: 2 };
    expect(placesOf({ managedNodeGroups: [group] })).toEqual(['M3c managedNodeGroups[0].maxSize']);
    expect(placesOf({ nodeGroups: [group] })).toEqual([
      'B1b nodeGroups[0].volumeEncrypted',
      'C20 nodeGroups[0].maxSize',
    ]);
  });

  test('are checked also if another one is null', () => {
    expect(placesOf({ managedNodeGroups: [null, { name: 'b', maxPodsPerNode: -1 }] })).toContain(
      'B5 managedNodeGroups[1].maxPodsPerNode',
    );
  });
});

describe('one node group with ten mistakes', () => {
  const config = {
    managedNodeGroups: [
      {
        name: 'a_b',
        amiFamily: 'AmazonLinux2024',
        instanceType: 'm5.lagre',
        maxSize: 1,
        volumeType: 'gp9',
        updateConfig: {},
        placement: {},
        labels: { 'kubernetes.io/role': 'web' },
        taints: [{ key: 'for gpu', effect: 'PreferNoSchedule' }],
        ssh: { enableSsm: false },
      },
    ],
  };

  test('has ten findings in one run', () => {
    expect(placesOf(config).sort()).toEqual([
      'B10 managedNodeGroups[0].amiFamily',
      'B11 managedNodeGroups[0].ssh.enableSsm',
      'B8 managedNodeGroups[0].placement.groupName',
      'M3c managedNodeGroups[0].maxSize',
      'M4a managedNodeGroups[0].updateConfig',
      "N10c managedNodeGroups[0].labels['kubernetes.io/role']",
      'N9a managedNodeGroups[0].taints[0]',
      'X101 managedNodeGroups[0].name',
      'X73 managedNodeGroups[0].instanceType',
      'X90 managedNodeGroups[0].volumeType',
    ]);
  });

  test('has each field named that a launch template excludes', () => {
    const paths = findingsOf({
      managedNodeGroups: [
        {
          name: 'a',
          launchTemplate: { id: 'lt-00000001' },
          instanceType: 'm5.large',
          volumeSize: 80,
          maxPodsPerNode: 110,
        },
      ],
    }).flatMap(({ rule, field }) => (rule === 'M11' ? [field] : []));
    expect(paths).toEqual([
      'managedNodeGroups[0].instanceType',
      'managedNodeGroups[0].volumeSize',
      'managedNodeGroups[0].maxPodsPerNode',
    ]);
  });
});

describe('the fix', () => {
  const fixOf = (group: object) =>
    findingsOf({ managedNodeGroups: [{ name: 'a', ...group }] }).find(({ field }) => field?.startsWith('managed'))?.fix;

  test.each([
    ['the nearest value of a range', { volumeIOPS: 20000 }, 'write volumeIOPS: 16000'],
    ['the nearest family', { amiFamily: 'AmazonLinux203' }, "write amiFamily: 'AmazonLinux2023'"],
    ['the size that IOPS need', { volumeIOPS: 16000, volumeSize: 30 }, 'write volumeIOPS: 15000, or volumeSize: 32'],
    [
      'the same label in another domain',
      { labels: { 'node-role.kubernetes.io/web': '' } },
      "use another domain, such as 'example.com/web'",
    ],
  ])('is %s', (_, group, fix) => {
    expect(fixOf(group)).toBe(fix);
  });

  test('is accepted when it is applied', () => {
    expect(fixOf({ volumeIOPS: 16000, volumeSize: 32 })).toBeUndefined();
    expect(fixOf({ labels: { 'example.com/web': '' } })).toBeUndefined();
  });
});

test('a burstable type is one of four families, whatever its first letter', () => {
  expect(['t2.micro', 't3.large', 't3a.large', 't4g.nano'].filter(isBurstable)).toHaveLength(4);
  expect(['t1.micro', 'trn1.2xlarge', 'm5.large', 'mixed', ''].filter(isBurstable)).toEqual([]);
});
