import type { Case } from './case';

const SUBNETS = {
  private: { 'us-west-2a': { id: 'subnet-0000000a' }, 'us-west-2b': { id: 'subnet-0000000b' } },
};
const managedNodeGroups = [{ name: 'web', privateNetworking: true }];
const OTHER_SUBNETS = {
  private: { 'us-west-2a': { id: 'subnet-0000000a' }, 'us-west-2c': { id: 'subnet-0000000c' } },
};
const vpc = { id: 'vpc-00000123', subnets: SUBNETS };
const REMOTE = { iam: { provider: 'ssm' as const }, remoteNodeNetworks: [{ cidrs: ['10.80.0.0/16'] }] };

export const NETWORK: readonly Case[] = [
  { name: 'a private API', new: { vpc: { clusterEndpoints: { privateAccess: true, publicAccess: false } } } },
  { name: 'both ways to the API', new: { vpc: { clusterEndpoints: { privateAccess: true } } } },
  { name: 'who reaches the API', new: { vpc: { publicAccessCIDRs: ['203.0.113.0/24', '198.51.100.7/32'] } } },
  { name: 'everybody reaches the API', old: { vpc: { publicAccessCIDRs: ['203.0.113.0/24'] } } },
  {
    name: 'the subnets of the control plane',
    old: { vpc, managedNodeGroups },
    new: { vpc: { ...vpc, controlPlaneSubnetIDs: ['subnet-0000000a', 'subnet-0000000c'] }, managedNodeGroups },
  },
  {
    name: 'the security groups of the control plane',
    old: { vpc, managedNodeGroups },
    new: { vpc: { ...vpc, controlPlaneSecurityGroupIDs: ['sg-00000001'] }, managedNodeGroups },
  },
  { name: 'the way out of the control plane', new: { vpc: { controlPlaneEgressMode: 'CUSTOMER_ROUTED' } } },
  {
    name: 'subnets of an existing VPC',
    old: { vpc, managedNodeGroups },
    new: { vpc: { ...vpc, subnets: OTHER_SUBNETS }, managedNodeGroups },
  },
  {
    name: 'the security group',
    old: { vpc: { ...vpc, securityGroup: 'sg-00000001' }, managedNodeGroups },
    new: { vpc: { ...vpc, securityGroup: 'sg-00000002' }, managedNodeGroups },
  },
  { name: 'the gateway to the internet', new: { vpc: { nat: { gateway: 'HighlyAvailable' } } } },
  { name: 'the range of the VPC', new: { vpc: { cidr: '10.0.0.0/16' } } },
  {
    name: 'networks of hybrid nodes',
    old: { remoteNetworkConfig: REMOTE },
    new: { remoteNetworkConfig: { ...REMOTE, remotePodNetworks: [{ cidrs: ['10.85.0.0/16'] }] } },
  },
  { name: 'no hybrid nodes', old: { remoteNetworkConfig: REMOTE } },
];
