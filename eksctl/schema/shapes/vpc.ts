import type {
  AZSubnetSpec,
  ClusterEndpoints,
  ClusterNAT,
  ClusterSubnets,
  ClusterVPC,
  KubernetesNetworkConfig,
  PrivateCluster,
} from '../../types';
import { CIDR, map, named, struct, TEXT, TEXT_LIST, TRUTH } from '../kind';

export const KUBERNETES_NETWORK_CONFIG = struct<KubernetesNetworkConfig>('KubernetesNetworkConfig', {
  ipFamily: TEXT,
  serviceIPv4CIDR: TEXT,
  serviceIPv6CIDR: TEXT,
});

export const AZ_SUBNET_SPEC = struct<AZSubnetSpec>('AZSubnetSpec', {
  az: TEXT,
  cidr: CIDR,
  id: TEXT,
});

const AZ_SUBNET_MAPPING = named('AZSubnetMapping', map(AZ_SUBNET_SPEC));

export const CLUSTER_SUBNETS = struct<ClusterSubnets>('ClusterSubnets', {
  private: AZ_SUBNET_MAPPING,
  public: AZ_SUBNET_MAPPING,
});

export const CLUSTER_NAT = struct<ClusterNAT>('ClusterNAT', {
  gateway: TEXT,
});

export const CLUSTER_ENDPOINTS = struct<ClusterEndpoints>('ClusterEndpoints', {
  privateAccess: TRUTH,
  publicAccess: TRUTH,
});

export const CLUSTER_VPC = struct<ClusterVPC>('ClusterVPC', {
  autoAllocateIPv6: TRUTH,
  cidr: CIDR,
  clusterEndpoints: CLUSTER_ENDPOINTS,
  controlPlaneEgressMode: TEXT,
  controlPlaneSecurityGroupIDs: TEXT_LIST,
  controlPlaneSubnetIDs: TEXT_LIST,
  extraCIDRs: TEXT_LIST,
  extraIPv6CIDRs: TEXT_LIST,
  hostnameType: TEXT,
  id: TEXT,
  ipv6Cidr: TEXT,
  ipv6Pool: TEXT,
  manageSharedNodeSecurityGroupRules: TRUTH,
  nat: CLUSTER_NAT,
  publicAccessCIDRs: TEXT_LIST,
  securityGroup: TEXT,
  sharedNodeSecurityGroup: TEXT,
  subnets: CLUSTER_SUBNETS,
});

export const PRIVATE_CLUSTER = struct<PrivateCluster>('PrivateCluster', {
  additionalEndpointServices: TEXT_LIST,
  enabled: TRUTH,
  skipEndpointCreation: TRUTH,
});
