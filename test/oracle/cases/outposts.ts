import type { RuleCase } from './case';

const ARN = 'arn:aws:outposts:us-west-2:111122223333:outpost/op-0abc';
const OTHER = 'arn:aws:outposts:us-west-2:111122223333:outpost/op-0def';
const on = (outpost: object = {}, more: object = {}) => ({
  outpost: { controlPlaneOutpostARN: ARN, ...outpost },
  ...more,
});
const group = (name: string, more: object = {}) => ({
  name,
  instanceType: 'm5.large',
  privateNetworking: true,
  ...more,
});
const SUBNETS = { private: { 'us-west-2a': { id: 'subnet-0000000a' } } };

/** The exclusions of Outposts, each alone. */
const EXCLUDED: Readonly<Record<string, object>> = {
  'no rights of the creator': { accessConfig: { bootstrapClusterCreatorAdminPermissions: false } },
  'an add-on': { addons: [{ name: 'vpc-cni' }] },
  'an identity provider': {
    identityProviders: [
      { type: 'oidc', name: 'corporate', clientID: 'kubernetes', issuerURL: 'https://login.example.com' },
    ],
  },
  'a Fargate profile': { fargateProfiles: [{ name: 'batch', selectors: [{ namespace: 'batch' }] }] },
  'a key': { secretsEncryption: { keyARN: 'arn:aws:kms:us-west-2:111122223333:key/1234abcd' } },
  zones: { availabilityZones: ['us-west-2a', 'us-west-2b'] },
  'a local zone': { localZones: ['us-west-2-lax-1a'] },
  GitOps: { gitops: {} },
  OIDC: { iam: { withOIDC: true } },
  'IPv6 addresses': { vpc: { autoAllocateIPv6: true } },
  'a range that may reach it': { vpc: { publicAccessCIDRs: ['203.0.113.0/24'] } },
};

export const OUTPOST_CASES: readonly RuleCase[] = [
  { rule: 'A19a', tried: 'an Outpost', config: on(), eksctl: 'accepts', finds: [] },
  { rule: 'A19a', tried: 'no ARN', config: { outpost: {} }, eksctl: 'refuses', finds: ['A19a'] },
  {
    rule: 'A19a',
    tried: 'the ARN of a role',
    config: { outpost: { controlPlaneOutpostARN: 'arn:aws:iam::111122223333:role/admin' } },
    eksctl: 'refuses',
    finds: ['A19a'],
  },
  ...Object.entries(EXCLUDED).map(
    ([tried, more]): RuleCase => ({ rule: 'A19b', tried, config: on({}, more), eksctl: 'refuses', finds: ['A19b'] }),
  ),
  {
    rule: 'A19b',
    tried: 'IPv6',
    config: on({}, { kubernetesNetworkConfig: { ipFamily: 'IPv6' } }),
    eksctl: 'refuses',
    finds: ['A19b', 'A5c'],
  },
  {
    rule: 'A19b',
    tried: 'Karpenter',
    config: on({}, { karpenter: { version: '1.13.0' } }),
    eksctl: 'refuses',
    finds: ['A18b', 'A19b'],
  },
  {
    rule: 'A19c',
    tried: 'a placement of etcd without instances',
    config: on({ etcdPlacement: { groupName: 'etcd' } }),
    eksctl: 'refuses',
    finds: ['A19c'],
  },
  {
    rule: 'A19c',
    tried: 'a spread without etcd of its own',
    config: on({ controlPlanePlacement: { spreadLevel: 'rack' } }),
    eksctl: 'refuses',
    finds: ['A19c'],
  },
  {
    rule: 'A19c',
    tried: 'a placement group beside etcd of its own',
    config: on({ controlPlanePlacement: { groupName: 'cp' }, etcdInstanceType: 'm5.large' }),
    eksctl: 'refuses',
    finds: ['A19c'],
  },
  {
    rule: 'A19c',
    tried: 'a spread with etcd of its own',
    config: on({ controlPlanePlacement: { spreadLevel: 'rack' }, etcdInstanceType: 'm5.large' }),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'A19d',
    tried: 'etcd of its own and aws-auth',
    config: on({ etcdInstanceType: 'm5.large' }, { accessConfig: { authenticationMode: 'CONFIG_MAP' } }),
    eksctl: 'refuses',
    finds: ['A19d'],
  },
  {
    rule: 'A19e',
    tried: 'two Outposts',
    config: { nodeGroups: [group('a', { outpostARN: ARN }), group('b', { outpostARN: OTHER })] },
    eksctl: 'refuses',
    finds: ['A19e', 'C7'],
  },
  {
    rule: 'A19f',
    tried: 'nodes of a private cluster',
    config: { privateCluster: { enabled: true }, nodeGroups: [group('a', { outpostARN: ARN })] },
    eksctl: 'refuses',
    finds: ['A19f', 'C7'],
  },
  {
    rule: 'C7',
    tried: 'nodes of a cluster in the region',
    config: { nodeGroups: [group('a', { outpostARN: ARN })] },
    eksctl: 'refuses',
    finds: ['C7'],
  },
  {
    rule: 'C7',
    tried: 'nodes of a cluster on the Outpost',
    config: on({}, { vpc: { subnets: SUBNETS }, nodeGroups: [group('a', { outpostARN: ARN })] }),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'C8',
    tried: 'nodes in a VPC of eksctl',
    config: on({}, { nodeGroups: [group('a')] }),
    eksctl: 'refuses',
    finds: ['C8'],
  },
  {
    rule: 'C8',
    tried: 'nodes in a VPC that exists',
    config: on({}, { vpc: { subnets: SUBNETS }, nodeGroups: [group('a')] }),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'A16a',
    tried: 'Auto Mode',
    config: on({}, { autoModeConfig: { enabled: true } }),
    eksctl: 'refuses',
    finds: ['A16a', 'X40'],
  },
  {
    rule: 'A6g',
    tried: 'hybrid nodes without etcd of its own',
    config: on({}, { remoteNetworkConfig: { remoteNodeNetworks: [{ cidrs: ['10.80.0.0/16'] }] } }),
    eksctl: 'refuses',
    finds: ['A6b', 'A6g'],
  },
  {
    rule: 'A6d',
    tried: 'remote pods alone, on Outposts',
    config: on(
      { etcdInstanceType: 'm5.large' },
      { remoteNetworkConfig: { remotePodNetworks: [{ cidrs: ['10.80.0.0/16'] }] } },
    ),
    eksctl: 'accepts',
    finds: [],
  },
];
