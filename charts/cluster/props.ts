import type { Architecture, Arn, KubernetesVersion, Region } from '../../eks/values';
import type { Cidr } from '../../kube/values';
import type { SystemPodTable } from '../../simulator/system-pods';
import type { Addon, ClusterFeature } from '../core/requirements';
import type { Customize } from '../core/values';
import type { Waive } from '../core/waive';
import type { InstanceType } from './instance-type';
import type { Karpenter, KarpenterNodes } from './karpenter/karpenter-props';
import type { ClusterConfigPart, MadeClusterConfig } from './made-cluster-config';

/** Keeps pods without a matching toleration off nodes. @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export interface NodeTaint {
  /** In the form of a label key: 'dedicated', 'nvidia.com/gpu'. */
  readonly key: string;
  /** In the form of a label value. @default - none */
  readonly value?: string;
  /** 'NoExecute' also evicts pods that already run there. */
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** Operating systems of node groups, in eksctl's spelling; `config` takes further ones. */
export type AmiFamily =
  | 'AmazonLinux2023'
  | 'Bottlerocket'
  | `WindowsServer${2019 | 2022 | 2025}${'Core' | 'Full'}Container`;

/**
 * A managed node group. Its nodes are in private subnets, with IMDSv2 that pods cannot reach, encrypted volumes and
 * automatic repair.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
 */
export interface NodeGroup {
  /** At most 63 letters, digits and '-', beginning and ending with a letter or digit; unique in the cluster. Renaming a group replaces its nodes. */
  readonly name: string;
  /** EC2 instance type, such as 'm5.large'; list several for Spot. All must have one architecture, since a group has one image. */
  readonly instanceType: string | readonly [string, ...string[]];
  /** Minimum number of nodes, 0 or more. @default 2, as in eksctl: replicas need more than one node to survive its loss */
  readonly minSize?: number;
  /** Initial number of nodes, from minSize to maxSize. @default - minSize */
  readonly desiredCapacity?: number;
  /** Maximum number of nodes, 1 or more. If it is more than minSize, the steps install the cluster-autoscaler. @default - the larger of minSize and desiredCapacity */
  readonly maxSize?: number;
  /** Spot capacity: cheaper, but interrupted with two minutes' notice. A single instance type is a warning. @default false */
  readonly spot?: boolean;
  /** Operating system of the nodes. Windows has no automatic repair, and needs a group of Linux beside it. @default 'AmazonLinux2023', as in eksctl */
  readonly amiFamily?: AmiFamily;
  /** Size of the root volume in GiB, 20 (the size of the image; 50 on Windows) to 65536. It is gp3 and encrypted. @default 80, as in eksctl */
  readonly volumeSize?: number;
  /**
   * What the NVMe disks of the instances are for; their files are lost with the instance. 'RAID0' joins them to one disk for images,
   * logs and scratch folders, in place of the root volume. 'Mount' mounts each below /mnt/k8s-disks for a LocalStorageClass, and labels
   * the nodes `cdk8s-eks-patterns.io/instance-store: Mount`. Only of 'AmazonLinux2023' and of types with such disks. A change replaces
   * the nodes.
   *
   * @default - the disks are not used
   * @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/
   */
  readonly instanceStore?: 'RAID0' | 'Mount';
  /** The tenant that has the nodes for itself, by its id: their label and taint `cdk8s-eks-patterns.io/tenant`. Its `nodes` are 'dedicated'. @default - all tenants share the nodes */
  readonly tenant?: string;
  /** Node labels. In the domains kubernetes.io and k8s.io only those below 'node.' and 'kubelet.' are allowed: the kubelet refuses others. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Node taints. If all groups have one, CoreDNS cannot be scheduled, which is a warning. @default - none */
  readonly taints?: readonly NodeTaint[];
  /** Some of the cluster's zones, for example one zone per group for workloads with EBS volumes. @default - all zones of the cluster */
  readonly availabilityZones?: readonly string[];
}

/** EKS Auto Mode: AWS manages nodes, network, EBS and load balancers. @see https://docs.aws.amazon.com/eks/latest/best-practices/automode.html */
export interface AutoMode {
  /** Built-in node pools. 'system' alone runs critical add-ons only; an empty list needs NodePools of your own. @default - both */
  readonly nodePools?: readonly ('general-purpose' | 'system')[];
  /** Architectures of NodePools outside this app; those of the app's NodePools are added. @default ['amd64'], the architecture of the pool 'general-purpose' */
  readonly architectures?: readonly Architecture[];
}

/** Props of every cluster, created here or existing. */
export interface ClusterBaseProps {
  /** AWS region: 'us-west-2'. */
  readonly region: Region;
  /** Kubernetes version as a string: '1.35' (the number 1.30 would be 1.3). Versions that EKS no longer offers are refused; versions newer than the library knows are a warning. @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
  readonly version: KubernetesVersion;
  /** IPv4 range of the VPC, which eksctl divides into subnets: '10.42.0.0/16'. From /16 to /24 (/28 for an existing cluster). @default '192.168.0.0/16', as in eksctl */
  readonly vpcCidr?: Cidr;
  /**
   * IPv4 range of Services: private, /12 to /24, outside the VPC. It cannot be changed later. Network policies contain
   * the address of the cluster DNS in it, so it is always written.
   * @default '10.100.0.0/16', or '172.20.0.0/16' if the VPC overlaps it, as EKS chooses
   */
  readonly serviceIPv4CIDR?: Cidr;
  /**
   * Ranges of the subnets of load balancers, which network policies allow. Required for a VPC that eksctl does not
   * create, if an isolated workload is behind a load balancer.
   * @default - computed as eksctl divides the VPC; unknown for an existing cluster
   */
  readonly loadBalancerSubnets?: { readonly public?: readonly Cidr[]; readonly private?: readonly Cidr[] };
  /**
   * Reasons to accept what a rule reports of the cluster or of anything below it, by the id of the rule:
   * { X32: 'the API server is open to our customers until=2027-03-31' }. An unknown rule and an empty reason are refused. They
   * are written as annotations of the ClusterConfig, which eksctl ignores, and for a cluster that exists to the file
   * `.cdk8s-eks-patterns.waivers`.
   *
   * @default - none
   */
  readonly waive?: Waive;
}

/** The props of a Cluster that can be combined. */
export interface ClusterParts extends ClusterBaseProps {
  /** Add-ons beside those that workloads require; names are unique. Values that contradict a workload are refused at synthesis. @default - none */
  readonly addons?: readonly Addon[];
  /**
   * ARNs of the IAM roles and users that are cluster admins. Include the identity that runs eksctl: it gets no other access.
   * @default - the identity that creates the cluster
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
   */
  readonly admins?: readonly Arn[];
  /** ARN of a KMS key in the cluster's region that encrypts Secrets in etcd. It cannot be removed. @default - a key that AWS owns @see https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html */
  readonly secretsKey?: Arn;
  /**
   * Zones of the region, at least two and unique: ['us-west-2a', 'us-west-2b']. Their order decides which subnet is in
   * which zone. Zone letters differ per account: one in us-east-1 may be the zone without EKS control planes (use1-az3).
   * @default - zones a, b and c of the region, or the first three that exist; required in us-west-1
   */
  readonly availabilityZones?: readonly string[];
  /**
   * Ranges that can reach the API server from the internet: ['203.0.113.0/24']. Nodes always use the private endpoint.
   * @default - the whole internet, as in EKS; the steps ask for the ranges. Write ['0.0.0.0/0'] if that is intended
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
   */
  readonly publicAccessCIDRs?: readonly Cidr[];
  /** Tags of the AWS resources: at most 50, keys of 1 to 128 characters that do not begin with 'aws:', values up to 256. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Instance types that the library does not know, for `capacity()`: InstanceType.custom({...}). @default - none */
  readonly instanceTypes?: readonly InstanceType[];
  /**
   * Requests of system pods, by add-on or Helm release, which override the library's table or add to it:
   * { 'aws-efs-csi-driver': [{ name: 'efs-csi-node', cpu: 10, memory: 40 }] }. @default - the defaults of their charts
   */
  readonly systemPods?: SystemPodTable;
  /**
   * Sections of the ClusterConfig in eksctl's spelling, merged over what the props produce: self-managed groups, Fargate
   * profiles, a private cluster, IPv6, logging, an existing VPC; or a file that `ClusterConfig.parse` has read. Maps are
   * merged, named entries (node groups, add-ons, ...) by their names, and anything else is replaced; `undefined` removes
   * a default. A field that has a prop must not contradict it. Validated at synthesis by all rules of eksctl.
   * @default - none
   * @see https://eksctl.io/usage/schema/
   */
  readonly config?: ClusterConfigPart;
  /**
   * Edits the finished ClusterConfig, with the additions of workloads, for what `config` cannot express. Changes of what
   * the manifests are made from (name, region, version, zones, ranges, compute mode) are refused. @default - none
   */
  readonly customize?: Customize<{ clusterConfig: MadeClusterConfig }>;
}

/** Managed node groups or Auto Mode, since eksctl cannot create a cluster with both; or the nodes of `config`. */
export type Compute =
  | {
      /** At least one. */
      readonly nodeGroups: readonly [NodeGroup, ...NodeGroup[]];
      readonly autoMode?: never;
      /** A Karpenter of your own, which makes further nodes by need. @default - none */
      readonly karpenter?: Karpenter;
    }
  | {
      /** `true`, or its options. */
      readonly autoMode: true | AutoMode;
      readonly nodeGroups?: never;
      readonly karpenter?: never;
    }
  | {
      /** With node groups, Fargate profiles or remote nodes, or with Auto Mode enabled. */
      readonly config: ClusterConfigPart;
      readonly nodeGroups?: never;
      readonly autoMode?: never;
      /** As with `nodeGroups`. @default - none */
      readonly karpenter?: Karpenter;
    };

/** Props of a Cluster. */
export type ClusterProps = ClusterParts & Compute;

/** Props of a cluster that exists. What is left out is unknown, and a warning instead of an error where a workload depends on it. */
export interface ExistingClusterProps extends ClusterBaseProps {
  /** Decides the EBS provisioner and the load balancer controller. @default 'node-groups' */
  readonly compute?: 'node-groups' | 'auto';
  /** Names of all installed add-ons. @default - unknown */
  readonly addons?: readonly string[];
  /** All enabled features. @default - unknown */
  readonly features?: readonly ClusterFeature[];
  /** Architectures of the nodes. @default - unknown */
  readonly architectures?: readonly Architecture[];
  /** Number of zones with nodes, 1 or more. @default - unknown */
  readonly zones?: number;
  /** The nodes that its own Karpenter makes, from NodePools outside of this app. @default - none, or unknown */
  readonly karpenter?: KarpenterNodes;
  /**
   * Who writes the StorageClasses and PriorityClasses that workloads name: 'written' by this app, or 'present' in the cluster, by
   * another app of this library. Where several apps deploy to one cluster, all but one take 'present', so that each class has one
   * owner. Then `storageClasses` and `priorityClasses` of the cluster are refused.
   *
   * @default 'written'
   */
  readonly classes?: 'written' | 'present';
}

/** Props beside the ClusterConfig that an existing cluster was created from. */
export interface DescribedClusterProps {
  /** Names of add-ons that were installed later. @default - none */
  readonly addons?: readonly string[];
  /**
   * Features that were enabled later: 'network-policy' in Auto Mode; 'load-balancer' if the controller runs without a
   * pod identity association in the file. @default - none
   */
  readonly features?: readonly ClusterFeature[];
  /** As in `ExistingClusterProps`. @default - none, unless the file has a section for it */
  readonly karpenter?: KarpenterNodes;
  /** As in `ExistingClusterProps`. @default 'written' */
  readonly classes?: ExistingClusterProps['classes'];
  /** As in `ExistingClusterProps`; required for a VPC that eksctl did not create, and for IPv6. @default - computed as eksctl divides the VPC */
  readonly loadBalancerSubnets?: ClusterBaseProps['loadBalancerSubnets'];
  /** As in `ClusterProps`. @default - none */
  readonly instanceTypes?: readonly InstanceType[];
  /** As in `ClusterProps`. @default - the defaults of their charts */
  readonly systemPods?: SystemPodTable;
  /** As in `ClusterBaseProps`. @default - none */
  readonly waive?: Waive;
}
