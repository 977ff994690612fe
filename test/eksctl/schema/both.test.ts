import { ClusterConfig } from '../../../eksctl/schema/cluster-config';

const check = (config: object) =>
  ClusterConfig.check({
    apiVersion: 'eksctl.io/v1alpha5',
    kind: 'ClusterConfig',
    metadata: { name: 'prod', region: 'us-west-2', version: '1.35' },
    autoModeConfig: { enabled: false },
    vpc: { publicAccessCIDRs: ['203.0.113.0/24'] },
    ...config,
  } as never).map(({ rule, field }) => `${rule} ${field}`);

test('findings of shape and of values are reported together', () => {
  const findings = check({
    availabilityZones: ['us-west-2a'],
    zonalShift: { enabled: true },
    managedNodeGroups: [{ name: 'a', volumeType: 'gp3', volumeIOPS: 1, maxSize: '3' }],
  });
  expect(findings).toEqual(
    expect.arrayContaining([
      'L1 zonalShift',
      'L1 managedNodeGroups[0].maxSize',
      expect.stringMatching(/^A10\w* availabilityZones/),
      expect.stringMatching(/ managedNodeGroups\[0\]\.volumeIOPS$/),
    ]),
  );
});

test('what is missing because its type is wrong is reported once', () => {
  expect(check({ managedNodeGroups: [{ name: 5 }] })).toEqual(['L1 managedNodeGroups[0].name']);
  expect(check({ addons: [null, { name: 'nothing-known' }] })).toEqual(['L3 addons[0]']);
});
