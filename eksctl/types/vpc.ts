/** Addresses of Services. None of it can change later. */
export interface KubernetesNetworkConfig {
  /** What pods and Services get. IPv6 needs the add-ons named, and excludes NAT, local zones and self-managed groups. @default IPv4 */
  readonly ipFamily?: 'IPv4' | 'IPv6';
  /** Range of Services, '172.20.0.0/16'; outside of the VPC. Refused with IPv6. @default - 10.100.0.0/16 or 172.20.0.0/16, whichever is free */
  readonly serviceIPv4CIDR?: string;
  /** Range of Services with IPv6. eksctl reads it, but never sends it to EKS. @default - that of EKS */
  readonly serviceIPv6CIDR?: string;
}

/** The cluster's network: made by eksctl, or yours. */
export interface ClusterVPC {
  /** Asks for an IPv6 range of size /56 beside IPv4. Refused with `ipFamily: IPv6`. @default false */
  readonly autoAllocateIPv6?: boolean;
  /** Range of the VPC, /16 to /24: '10.0.0.0/16'. With `id`, that of the existing VPC. @default '192.168.0.0/16' */
  readonly cidr?: string;
  /** From where the Kubernetes API can be reached. Refused in a fully private cluster. @default - the internet only */
  readonly clusterEndpoints?: ClusterEndpoints;
  /** Which way the control plane's own traffic takes: AWS' network, or your VPC's routes. eksctl does not check it. @default AWS_MANAGED */
  readonly controlPlaneEgressMode?: 'AWS_MANAGED' | 'CUSTOMER_ROUTED';
  /** Existing security groups of the control plane. Not with `securityGroup`. @default - eksctl makes one */
  readonly controlPlaneSecurityGroupIDs?: readonly string[];
  /** Existing subnets of the control plane's network interfaces, in two zones or more. @default - all subnets of the cluster */
  readonly controlPlaneSubnetIDs?: readonly string[];
  /** More IPv4 ranges of the VPC. @default - none */
  readonly extraCIDRs?: readonly string[];
  /** More IPv6 ranges of the VPC; only with `ipFamily: IPv6`. @default - none */
  readonly extraIPv6CIDRs?: readonly string[];
  /** What the names of instances are made of; only for a VPC that eksctl makes. @default - ip-name */
  readonly hostnameType?: 'ip-name' | 'resource-name';
  /** An existing VPC, 'vpc-00000123'. Needs `subnets`. @default - eksctl makes one */
  readonly id?: string;
  /** IPv6 range out of `ipv6Pool`. Both or none, only with `ipFamily: IPv6`, not with `id`. @default - one that AWS gives */
  readonly ipv6Cidr?: string;
  /** The pool of your own IPv6 addresses. Both or none with `ipv6Cidr`. @default - Amazon's */
  readonly ipv6Pool?: string;
  /** Lets nodes of self-managed groups talk with managed ones and the control plane. False only with a `sharedNodeSecurityGroup` of yours. @default true */
  readonly manageSharedNodeSecurityGroupRules?: boolean;
  /** How private subnets reach the internet. Refused with IPv6. @default - one NAT gateway */
  readonly nat?: ClusterNAT;
  /** Who may reach the public endpoint: ['203.0.113.0/24']. @default - everybody, 0.0.0.0/0 */
  readonly publicAccessCIDRs?: readonly string[];
  /** An existing security group between control plane and nodes. Not with `controlPlaneSecurityGroupIDs`. @default - eksctl makes one */
  readonly securityGroup?: string;
  /** An existing security group that all nodes share. @default - eksctl makes one */
  readonly sharedNodeSecurityGroup?: string;
  /** Existing subnets, or zones and ranges of new ones. Not with `availabilityZones`. @default - a public and a private one in each zone */
  readonly subnets?: ClusterSubnets;
}

/** From where the Kubernetes API can be reached; not both may be off. */
export interface ClusterEndpoints {
  /** From inside the VPC, past the internet. @default false */
  readonly privateAccess?: boolean;
  /** From the internet, as far as `publicAccessCIDRs` allow. @default true */
  readonly publicAccess?: boolean;
}

/** How private subnets reach the internet. */
export interface ClusterNAT {
  /** One NAT gateway in each zone, one for all, or none. eksctl crashes when the section is there without it. */
  readonly gateway: 'Disable' | 'HighlyAvailable' | 'Single';
}

/** Subnets by kind. */
export interface ClusterSubnets {
  /** Those without a route from the internet. @default - none */
  readonly private?: AZSubnetMapping;
  /** Those with a route from the internet. @default - none */
  readonly public?: AZSubnetMapping;
}

/** Subnets by zone ('us-west-2a'), or by a name of yours when the entry says the zone or the id. */
export type AZSubnetMapping = { readonly [zoneOrName: string]: AZSubnetSpec };

/** One subnet. */
export interface AZSubnetSpec {
  /** Its zone. @default - the key */
  readonly az?: string;
  /** Its range: '10.0.0.0/19'. @default - that of the existing subnet */
  readonly cidr?: string;
  /** An existing subnet: 'subnet-00000123'. @default - found by zone or range, or made */
  readonly id?: string;
}

/** A cluster whose nodes have no way to the internet: AWS is reached through VPC endpoints. Every group needs `privateNetworking`. */
export interface PrivateCluster {
  /** Endpoints beside those that every node needs. Not with `skipEndpointCreation`. @default - none */
  readonly additionalEndpointServices?: readonly ('autoscaling' | 'cloudformation' | 'logs')[];
  /** Whether the cluster is private. @default false */
  readonly enabled?: boolean;
  /** The VPC has the endpoints already. @default false */
  readonly skipEndpointCreation?: boolean;
}
