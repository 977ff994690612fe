import { MINIMAL, type RuleCase } from './case';

const WORKERS = { name: 'workers', instanceType: 'm5.large' };
const ZONES = ['us-west-2a', 'us-west-2b'];
const SUBNETS = { private: { 'us-west-2a': { id: 'subnet-0000000a' }, 'us-west-2b': { id: 'subnet-0000000b' } } };
const OUTPOST = { controlPlaneOutpostARN: 'arn:aws:outposts:us-west-2:111122223333:outpost/op-0abc' };
const FLUX = { gitProvider: 'github', flags: { owner: 'my-org' } };

/** What eksctl asks as it reads the file. */
export const LOADER_CASES: readonly RuleCase[] = [
  { rule: 'L2', tried: 'name, region and version', config: {}, eksctl: 'accepts', finds: [] },
  { rule: 'L2', tried: 'no metadata', config: { metadata: undefined }, eksctl: 'refuses', finds: ['L2', 'X2'] },
  {
    rule: 'L2',
    tried: 'an empty name',
    config: { metadata: { name: '', region: 'us-west-2', version: '1.35' } },
    eksctl: 'refuses',
    finds: ['L2'],
  },
  {
    rule: 'L2',
    tried: 'no region',
    config: { metadata: { name: 'prod', version: '1.35' } },
    eksctl: 'refuses',
    finds: ['L2'],
  },
  {
    rule: 'L3',
    tried: 'a null managed group',
    config: { managedNodeGroups: [null] },
    eksctl: 'refuses',
    finds: ['L3'],
  },
  { rule: 'L3', tried: 'a null self-managed group', config: { nodeGroups: [null] }, eksctl: 'refuses', finds: ['L3'] },
  {
    rule: 'L3',
    tried: 'a null add-on, on which eksctl crashes',
    config: { addons: [null] },
    eksctl: 'refuses',
    finds: ['L3'],
  },
  {
    rule: 'L3',
    tried: 'a null service account, on which eksctl crashes',
    config: { iam: { withOIDC: true, serviceAccounts: [null] } },
    eksctl: 'refuses',
    finds: ['L3'],
  },
  {
    rule: 'L3',
    tried: 'a null mapping, on which eksctl crashes',
    config: { iamIdentityMappings: [null] },
    eksctl: 'refuses',
    finds: ['L3'],
  },
  { rule: 'L3', tried: 'empty lists', config: { addons: [], managedNodeGroups: [] }, eksctl: 'accepts', finds: [] },
  {
    rule: 'L4',
    tried: 'a private cluster',
    config: { privateCluster: { enabled: true } },
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'L4',
    tried: 'a private cluster with an endpoint that it has anyway',
    config: { privateCluster: { enabled: true }, vpc: { clusterEndpoints: { privateAccess: true } } },
    eksctl: 'refuses',
    finds: ['L4'],
  },
  {
    rule: 'L4',
    tried: 'a private cluster with endpoints that say nothing',
    config: { privateCluster: { enabled: true }, vpc: { clusterEndpoints: {} } },
    eksctl: 'accepts',
    finds: [],
  },
  { rule: 'L5', tried: 'subnets alone', config: { vpc: { subnets: SUBNETS } }, eksctl: 'accepts', finds: [] },
  {
    rule: 'L5',
    tried: 'subnets and zones',
    config: { vpc: { subnets: SUBNETS }, availabilityZones: ZONES },
    eksctl: 'refuses',
    finds: ['L5'],
  },
  {
    rule: 'L5',
    tried: 'no subnets and zones',
    config: { vpc: { subnets: { private: {} } }, availabilityZones: ZONES },
    eksctl: 'accepts',
    finds: [],
  },
  { rule: 'L6', tried: 'Flux', config: { gitops: { flux: FLUX } }, eksctl: 'accepts', finds: [] },
  {
    rule: 'L6',
    tried: 'Flux without provider and flags',
    config: { gitops: { flux: {} } },
    eksctl: 'refuses',
    finds: ['L6'],
  },
  {
    rule: 'L6',
    tried: 'Flux without flags',
    config: { gitops: { flux: { ...FLUX, flags: {} } } },
    eksctl: 'refuses',
    finds: ['L6'],
  },
  {
    rule: 'L7',
    tried: 'a managed group on Outposts',
    config: { outpost: OUTPOST, managedNodeGroups: [WORKERS] },
    eksctl: 'refuses',
    finds: ['C8', 'L7'],
  },
  {
    rule: 'L7',
    tried: 'a public endpoint on Outposts',
    config: { outpost: OUTPOST, vpc: { clusterEndpoints: { publicAccess: true, privateAccess: false } } },
    eksctl: 'refuses',
    finds: ['L7'],
  },
  {
    rule: 'L7',
    tried: 'the endpoint that Outposts have',
    config: { outpost: OUTPOST, vpc: { clusterEndpoints: { publicAccess: false, privateAccess: true } } },
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'L8a',
    tried: 'Auto Mode alone',
    config: { autoModeConfig: { enabled: true } },
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'L8a',
    tried: 'Auto Mode with a managed group',
    config: { autoModeConfig: { enabled: true }, managedNodeGroups: [WORKERS] },
    eksctl: 'refuses',
    finds: ['L8a'],
  },
  {
    rule: 'L8b',
    tried: 'Auto Mode with metrics-server',
    config: { autoModeConfig: { enabled: true }, addons: [{ name: 'metrics-server' }] },
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'L8b',
    tried: 'Auto Mode with coredns',
    config: { autoModeConfig: { enabled: true }, addons: [{ name: 'coredns' }] },
    eksctl: 'refuses',
    finds: ['L8b'],
  },
  {
    rule: 'L8b',
    tried: 'Auto Mode with coredns for Fargate',
    config: {
      autoModeConfig: { enabled: true },
      addons: [{ name: 'coredns' }],
      fargateProfiles: [{ name: 'system', selectors: [{ namespace: 'kube-system' }] }],
    },
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'L9',
    tried: 'no default add-ons, no nodes',
    config: { addonsConfig: { disableDefaultAddons: true } },
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'L9',
    tried: 'no default add-ons, a group of unsaid size',
    config: { addonsConfig: { disableDefaultAddons: true }, managedNodeGroups: [WORKERS] },
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'L9',
    tried: 'no default add-ons, two nodes',
    config: { addonsConfig: { disableDefaultAddons: true }, managedNodeGroups: [{ ...WORKERS, desiredCapacity: 2 }] },
    eksctl: 'refuses',
    finds: ['L9'],
  },
  {
    rule: 'L9',
    tried: 'no default add-ons, vpc-cni, two nodes',
    config: {
      addonsConfig: { disableDefaultAddons: true },
      addons: [{ name: 'vpc-cni' }],
      managedNodeGroups: [{ ...WORKERS, desiredCapacity: 2 }],
    },
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'L9',
    tried: 'no default add-ons, Flux',
    config: { addonsConfig: { disableDefaultAddons: true }, gitops: { flux: FLUX } },
    eksctl: 'refuses',
    finds: ['L9'],
  },
  { rule: 'L9', tried: 'null for every section', config: nulls(), eksctl: 'accepts', finds: [] },
];

/** A file in which the values are still to come. */
function nulls(): Record<string, unknown> {
  const sections = [
    'accessConfig',
    'addons',
    'autoModeConfig',
    'availabilityZones',
    'cloudWatch',
    'iam',
    'karpenter',
    'nodeGroups',
  ];
  const all = [
    ...sections,
    'privateCluster',
    'remoteNetworkConfig',
    'secretsEncryption',
    'outpost',
    'vpc',
    'managedNodeGroups',
  ];
  return { ...Object.fromEntries(all.map((key) => [key, null])), metadata: MINIMAL.metadata };
}
