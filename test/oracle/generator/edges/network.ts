import { ABSENT, append, list, maybe, one, rarely } from '../template';
import { aCidr, bool, ZONES } from '../values';
import { type Edge, edges } from './edge';

const subnet = {
  id: maybe(one('subnet-0000000a', '')),
  az: maybe(one('us-west-2a', 'us-west-2b')),
  cidr: rarely(aCidr),
};
const subnets = {
  private: rarely({ 'us-west-2a': subnet, second: subnet }),
  public: rarely({ 'us-west-2b': subnet, third: subnet }),
};

/** VPC, endpoints, addresses. */
export const NETWORK_EDGES: readonly Edge[] = edges(
  'config',
  {
    vpc: {
      cidr: one('10.0.0.0/15', '10.0.0.0/16', '10.0.0.0/24', '10.0.0.0/25', '10.0.1.2/16', 'banana', '', ABSENT),
      id: rarely('vpc-00000123'),
    },
  },
  {
    vpc: { cidr: one('10.0.0.0/24', '10.0.0.0/23', '10.0.0.0/20'), subnets: ABSENT },
    availabilityZones: list(one(...ZONES), 2, 9),
    localZones: rarely(['us-west-2-lax-1a']),
  },
  { vpc: { nat: one({ gateway: one('Single', 'HighlyAvailable', 'Disable', 'single', 'None', '', ABSENT) }) } },
  { vpc: { clusterEndpoints: { publicAccess: maybe(bool), privateAccess: maybe(bool) } } },
  {
    vpc: {
      clusterEndpoints: one({}, { publicAccess: false }, { privateAccess: true, publicAccess: false }),
      publicAccessCIDRs: rarely(list(aCidr, 0, 2)),
    },
  },
  { vpc: { publicAccessCIDRs: list(aCidr, 0, 2) } },
  { vpc: { extraCIDRs: list(aCidr, 0, 2) } },
  { vpc: { extraIPv6CIDRs: list(aCidr, 0, 2) }, kubernetesNetworkConfig: rarely({ ipFamily: 'IPv6' }) },
  {
    vpc: {
      securityGroup: maybe(one('sg-00000123', '')),
      controlPlaneSecurityGroupIDs: maybe(one(['sg-00000001'], [])),
    },
  },
  { vpc: { controlPlaneSubnetIDs: maybe(one(['subnet-00000001', 'subnet-00000002'], ['subnet-00000001'], [])) } },
  {
    vpc: { id: rarely('vpc-00000123'), subnets },
    availabilityZones: ABSENT,
    managedNodeGroups: rarely([{ name: 'private', privateNetworking: true }]),
  },
  {
    vpc: { ipv6Cidr: maybe(one('2001:db8::/56', '')), ipv6Pool: maybe(one('pool-1', '')), id: rarely('vpc-00000123') },
  },
  { vpc: { autoAllocateIPv6: bool } },
  { vpc: { sharedNodeSecurityGroup: maybe(one('sg-00000123', '')), manageSharedNodeSecurityGroupRules: maybe(bool) } },
  { vpc: { hostnameType: one('ip-name', 'resource-name', 'Resource-Name', '', 'dns') } },
  { vpc: { controlPlaneEgressMode: one('AWS_MANAGED', 'CUSTOMER_ROUTED', 'OTHER') } },
  { vpc: { id: one('vpc-00000123', '', ABSENT), subnets: one(ABSENT, {}, { private: {} }, subnets) } },
  { vpc: { subnets }, availabilityZones: one(ABSENT, ZONES) },
  {
    localZones: one(['us-west-2-lax-1a'], []),
    vpc: { nat: maybe({ gateway: one('Single', 'HighlyAvailable') }), id: rarely('vpc-00000123'), subnets: ABSENT },
  },
  {
    kubernetesNetworkConfig: {
      ipFamily: one('IPv4', 'ipv4', 'IPv6', 'IPv5', '', ABSENT),
      serviceIPv4CIDR: maybe(aCidr),
      serviceIPv6CIDR: rarely('fd00::/108'),
    },
  },
  {
    kubernetesNetworkConfig: { ipFamily: one('IPv6', 'IPV6') },
    addons: list(
      {
        name: one('vpc-cni', 'vpc-cni', 'coredns', 'coredns', 'eks-pod-identity-agent', 'CoreDNS', 'VPC-CNI'),
        version: rarely(one('latest', '1.9.9', 'v1.10.0', 'v1.10.0-eksbuild.1', 'v1.18.1', '1.10', 'new')),
        useDefaultPodIdentityAssociations: rarely(true),
        podIdentityAssociations: rarely(
          one(
            [],
            [
              {
                namespace: 'kube-system',
                serviceAccountName: 'aws-node',
                roleARN: 'arn:aws:iam::123456789012:role/cni',
              },
            ],
          ),
        ),
      },
      1,
      4,
    ),
    addonsConfig: maybe({ autoApplyPodIdentityAssociations: bool }),
    iam: rarely({ withOIDC: bool }),
    vpc: { nat: rarely({ gateway: 'Single' }) },
    nodeGroups: ABSENT,
  },
  {
    kubernetesNetworkConfig: { ipFamily: 'IPv6' },
    metadata: { version: one('1.20', '1.21', '1.35', 'x', '1') },
    addons: append({ name: 'coredns' }),
    iam: { withOIDC: true },
  },
  { privateCluster: { enabled: true, skipEndpointCreation: true, additionalEndpointServices: one(['logs'], []) } },
  {
    privateCluster: {
      enabled: one(true, true, true, false, ABSENT),
      skipEndpointCreation: rarely(bool),
      additionalEndpointServices: maybe(list(one('logs', 'autoscaling', 'cloudformation', 'sts', ''), 0, 2)),
    },
  },
  {
    privateCluster: { enabled: true },
    vpc: {
      id: maybe('vpc-00000123'),
      subnets: one(ABSENT, subnets),
      clusterEndpoints: rarely({ privateAccess: true }),
    },
  },
  {
    privateCluster: { enabled: true },
    vpc: { clusterEndpoints: one({}, { privateAccess: true }, { publicAccess: false }, ABSENT) },
    localZones: rarely(['us-west-2-lax-1a']),
  },
);
