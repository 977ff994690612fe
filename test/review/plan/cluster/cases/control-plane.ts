import { BASE, type Case, OTHER_ROLE, ROLE } from './case';

const KEY = 'arn:aws:kms:us-west-2:111122223333:key/00000000-0000-0000-0000-000000000001';
const OTHER_KEY = 'arn:aws:kms:us-west-2:111122223333:key/00000000-0000-0000-0000-000000000002';
const metadata = BASE.metadata;

const onOutpost = (id: string): NonNullable<Case['old']> => ({
  autoModeConfig: undefined,
  managedNodeGroups: undefined,
  outpost: { controlPlaneOutpostARN: `arn:aws:outposts:us-west-2:111122223333:outpost/op-0000000000000000${id}` },
  vpc: { id: 'vpc-00000123', subnets: { private: { 'us-west-2a': { id: 'subnet-0000000a' } } } },
});

export const CONTROL_PLANE: readonly Case[] = [
  { name: 'another name', new: { metadata: { ...metadata, name: 'test' } } },
  { name: 'another region', new: { metadata: { ...metadata, region: 'eu-west-1' } } },
  {
    name: 'tags of the cluster',
    old: { metadata: { ...metadata, tags: { team: 'shop', 'cost-center': '1' } } },
    new: { metadata: { ...metadata, tags: { team: 'checkout', "o'clock": '12 h' } } },
  },
  { name: 'annotations', new: { metadata: { ...metadata, annotations: { note: 'x' } } } },
  { name: 'standard support', new: { upgradePolicy: { supportType: 'STANDARD' } } },
  { name: 'extended support', old: { upgradePolicy: { supportType: 'STANDARD' } } },
  { name: 'zonal shift', new: { zonalShiftConfig: { enabled: true } } },
  { name: 'no zonal shift', old: { zonalShiftConfig: { enabled: true } } },
  { name: 'a larger control plane', new: { controlPlaneScalingConfig: { tier: 'tier-xl' } } },
  {
    name: 'flags of the API server',
    new: { kubeAPIServerConfig: { eventTTL: '2h', serviceNodePortRange: { minPort: 30000, maxPort: 31000 } } },
  },
  {
    name: 'flags of the scheduler and the controller manager',
    new: {
      kubeSchedulerConfig: { nodeResourcesFit: { scoringStrategy: { type: 'MostAllocated' } } },
      kubeControllerManagerConfig: {
        horizontalPodAutoscalerControllerConfig: { horizontalPodAutoscalerSyncPeriod: '30s' },
      },
    },
  },
  { name: 'a flag that is taken away', old: { kubeAPIServerConfig: { eventTTL: '2h' } } },
  { name: 'a key for Secrets', new: { secretsEncryption: { keyARN: KEY } } },
  {
    name: 'another key for Secrets',
    old: { secretsEncryption: { keyARN: KEY } },
    new: { secretsEncryption: { keyARN: OTHER_KEY } },
  },
  { name: 'no key for Secrets', old: { secretsEncryption: { keyARN: KEY } } },
  {
    name: 'logs of the control plane',
    new: { cloudWatch: { clusterLogging: { enableTypes: ['api', 'audit'], logRetentionInDays: 30 } } },
  },
  {
    name: 'how long logs are kept',
    old: { cloudWatch: { clusterLogging: { enableTypes: ['api'], logRetentionInDays: 30 } } },
    new: { cloudWatch: { clusterLogging: { enableTypes: ['api'], logRetentionInDays: 90 } } },
  },
  {
    name: 'logs kept for good',
    old: { cloudWatch: { clusterLogging: { enableTypes: ['api'], logRetentionInDays: 30 } } },
    new: { cloudWatch: { clusterLogging: { enableTypes: ['api'] } } },
  },
  { name: 'no logs', old: { cloudWatch: { clusterLogging: { enableTypes: ['api'] } } } },
  {
    name: 'the role of the cluster',
    old: { iam: { serviceRoleARN: ROLE } },
    new: { iam: { serviceRoleARN: OTHER_ROLE } },
  },
  { name: 'policies of the role of the cluster', new: { iam: { vpcResourceControllerPolicy: false } } },
  { name: 'the range of Services', new: { kubernetesNetworkConfig: { serviceIPv4CIDR: '10.100.0.0/16' } } },
  {
    name: 'Auto Mode',
    new: { autoModeConfig: { enabled: true, nodePools: ['general-purpose', 'system'] }, managedNodeGroups: undefined },
  },
  {
    name: 'no Auto Mode',
    old: { autoModeConfig: { enabled: true, nodePools: ['general-purpose', 'system'] }, managedNodeGroups: undefined },
  },
  {
    name: 'node pools of Auto Mode',
    old: { autoModeConfig: { enabled: true, nodePools: ['general-purpose', 'system'] }, managedNodeGroups: undefined },
    new: { autoModeConfig: { enabled: true, nodePools: ['general-purpose'] }, managedNodeGroups: undefined },
  },
  {
    name: 'the role of the nodes of Auto Mode',
    old: { autoModeConfig: { enabled: true, nodePools: ['system'], nodeRoleARN: ROLE }, managedNodeGroups: undefined },
    new: {
      autoModeConfig: { enabled: true, nodePools: ['system'], nodeRoleARN: OTHER_ROLE },
      managedNodeGroups: undefined,
    },
  },
  { name: 'the Outpost of the control plane', old: onOutpost('1'), new: onOutpost('2') },
  {
    name: 'default add-ons',
    new: { addonsConfig: { disableDefaultAddons: true }, addons: [{ name: 'vpc-cni' }] },
  },
];
