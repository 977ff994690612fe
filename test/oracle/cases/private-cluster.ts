import type { RuleCase } from './case';

const AGENT = { name: 'eks-pod-identity-agent' };
const ORDERS = { namespace: 'shop', serviceAccountName: 'orders', roleARN: 'arn:aws:iam::111122223333:role/orders' };
const SUBNETS = { 'us-west-2a': { id: 'subnet-0000000a' }, 'us-west-2b': { id: 'subnet-0000000b' } };
const closed = (privateCluster: object = {}, more: object = {}) => ({
  privateCluster: { enabled: true, ...privateCluster },
  ...more,
});

export const PRIVATE_CLUSTER_CASES: readonly RuleCase[] = [
  {
    rule: 'A13a',
    tried: 'private subnets of a VPC',
    config: closed({}, { vpc: { id: 'vpc-0000000a', subnets: { private: SUBNETS } } }),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'A13a',
    tried: 'public subnets of a VPC',
    config: closed({}, { vpc: { id: 'vpc-0000000a', subnets: { public: SUBNETS } } }),
    eksctl: 'refuses',
    finds: ['A13a'],
  },
  {
    rule: 'A13a',
    tried: 'no subnets at all, on which eksctl crashes',
    config: closed({}, { vpc: { id: 'vpc-0000000a' } }),
    eksctl: 'refuses',
    finds: ['A13a', 'C9'],
  },
  {
    rule: 'A13b',
    tried: 'more endpoints, and none',
    config: closed({ skipEndpointCreation: true, additionalEndpointServices: ['logs'] }),
    eksctl: 'refuses',
    finds: ['A13b'],
  },
  {
    rule: 'A13c',
    tried: 'more endpoints',
    config: closed({ additionalEndpointServices: ['logs', 'autoscaling', 'cloudformation'] }),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'A13c',
    tried: 'an endpoint that eksctl makes anyway',
    config: closed({ additionalEndpointServices: ['sts'] }),
    eksctl: 'refuses',
    finds: ['A13c'],
  },
  {
    rule: 'A13c',
    tried: 'an endpoint twice',
    config: closed({ additionalEndpointServices: ['logs', 'logs'] }),
    eksctl: 'refuses',
    finds: ['A13c'],
  },
  {
    rule: 'A13c',
    tried: 'unknown endpoints of a cluster that is not private',
    config: { privateCluster: { additionalEndpointServices: ['sts'] } },
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'A13d',
    tried: 'local zones',
    config: closed({}, { localZones: ['us-west-2-lax-1a'] }),
    eksctl: 'refuses',
    finds: ['A13d'],
  },
  {
    rule: 'X35',
    tried: 'pod identity',
    config: closed({}, { addons: [AGENT], iam: { podIdentityAssociations: [ORDERS] } }),
    eksctl: 'accepts',
    finds: ['X35'],
  },
  {
    rule: 'X35',
    tried: 'pod identity, with endpoints of the user',
    config: closed({ skipEndpointCreation: true }, { addons: [AGENT], iam: { podIdentityAssociations: [ORDERS] } }),
    eksctl: 'accepts',
    finds: [],
  },
  {
    rule: 'X33',
    tried: 'a range that may reach nothing',
    config: closed({}, { vpc: { publicAccessCIDRs: ['203.0.113.0/24'] } }),
    eksctl: 'accepts',
    finds: ['X33'],
  },
  {
    rule: 'X34',
    tried: 'the private endpoint alone',
    config: { vpc: { clusterEndpoints: { publicAccess: false, privateAccess: true } } },
    eksctl: 'accepts',
    finds: ['X34'],
  },
  {
    rule: 'X34',
    tried: 'both endpoints',
    config: { vpc: { clusterEndpoints: { publicAccess: true, privateAccess: true } } },
    eksctl: 'accepts',
    finds: [],
  },
];
