import type { Architecture, Arn, KubernetesVersion, Region } from '../../eks/values';
import type { Cidr } from '../../kube/values';
import type { SystemPodTable } from '../../simulator/system-pods';
import type { Addon, ClusterFeature } from '../core/requirements';
import type { Customize } from '../core/values';
import type { MadeClusterConfig } from './cluster-config';
import type { InstanceType } from './instance-type';
import type { ClusterConfigPart } from './own-config';

/** Keeps pods without a matching toleration off the nodes of a group. */
export interface NodeTaint {
  /** Like the key of a label: 'dedicated', 'nvidia.com/gpu'. */
  readonly key: string;
  /** Like the value of a label. @default - none */
  readonly value?: string;
  /** 'NoExecute' also evicts pods that run there already. */
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** A managed node group. Its nodes are in private subnets, with IMDSv2 only and out of reach of pods, and repaired when they fail. */
export interface NodeGroup {
  /** Letters, digits and '-', at most 63, beginning and ending with a letter or digit; unique in the cluster. Another name is another group: the nodes are replaced. */
  readonly name: string;
  /** 'm5.large'; several for Spot. All of one architecture, since a group has one image: x86 or Graviton. */
  readonly instanceType: string | readonly [string, ...string[]];
  /** Nodes, 0 or more. @default 2, as in eksctl: one node is no place for two replicas */
  readonly minSize?: number;
  /** Nodes at the start, from minSize to maxSize. @default - minSize */
  readonly desiredCapacity?: number;
  /** Nodes, 1 or more. More than minSize asks for the cluster-autoscaler, see the steps file. @default - the larger of minSize and desiredCapacity */
  readonly maxSize?: number;
  /** Spot capacity: cheaper, taken away with two minutes' notice. A single instance type is reported. @default false */
  readonly spot?: boolean;
  /** @default 'AmazonLinux2023', as in eksctl */
  readonly amiFamily?: 'AmazonLinux2023' | 'Bottlerocket';
  /** Root volume in GiB, at least 20 (the size of the image); gp3, encrypted. @default 80, as in eksctl */
  readonly volumeSize?: number;
  /** Node labels. Of the domains kubernetes.io and k8s.io the kubelet may only set those below 'node.' and 'kubelet.'. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Node taints. When every group has one that refuses pods, CoreDNS has nowhere to run, which is reported. @default - none */
  readonly taints?: readonly NodeTaint[];
  /** Some of the cluster's zones, e.g. one zone a group for workloads with EBS volumes. @default - all of the cluster's */
  readonly availabilityZones?: readonly string[];
}

/** EKS Auto Mode: AWS runs the nodes, the network, EBS and the load balancers. */
export interface AutoMode {
  /** Built-in pools. 'system' alone takes critical add-ons only; none at all needs NodePools of your own. @default - both */
  readonly nodePools?: readonly ('general-purpose' | 'system')[];
  /** Of nodes of NodePools made outside of this app; those of the app's own count by themselves. @default ['amd64'], which is all that the pool 'general-purpose' makes */
  readonly architectures?: readonly Architecture[];
}

/** What is said of every cluster, made or existing. */
export interface ClusterFactsProps {
  /** Where: 'us-west-2'. */
  readonly region: Region;
  /** Kubernetes, as a text: '1.35' (the number 1.30 is 1.3). Versions that EKS no longer offers are refused, newer ones than this library knows are reported. */
  readonly version: KubernetesVersion;
  /** The VPC's IPv4 range, in which eksctl lays out the subnets: '10.42.0.0/16'. A cluster that is made takes /16 to /24. @default '192.168.0.0/16', eksctl's own */
  readonly vpcCidr?: Cidr;
  /**
   * The range of Service addresses: private, /12 to /24, outside the VPC. Network policies hold the address of the
   * cluster DNS, so it must be known, and cannot be changed later.
   * @default '10.100.0.0/16', or '172.20.0.0/16' in a VPC that overlaps it: what EKS chooses by itself
   */
  readonly serviceIPv4CIDR?: Cidr;
  /**
   * The subnets where load balancers are placed, which network policies let in. To be said of a VPC that eksctl does not make.
   * @default - computed as eksctl lays them out; for an existing cluster it must be said when an isolated workload is behind a load balancer
   */
  readonly loadBalancerSubnets?: { readonly public?: readonly Cidr[]; readonly private?: readonly Cidr[] };
}

/** The parts of a Cluster that do not exclude each other. */
export interface ClusterParts extends ClusterFactsProps {
  /** Beyond what workloads require; names are unique. Values that contradict what a workload requires are refused at synthesis. @default - none */
  readonly addons?: readonly Addon[];
  /**
   * IAM roles and users with cluster-admin rights. Whoever runs eksctl must be among them: nobody else gets any.
   * @default - whoever creates the cluster
   */
  readonly admins?: readonly Arn[];
  /** KMS key of the cluster's region for Secrets in etcd; cannot be taken back. @default - a key that AWS owns */
  readonly secretsKey?: Arn;
  /**
   * Zones of the region, at least two, each once: ['us-west-2a', 'us-west-2b']. The order decides which subnet is in which zone.
   * Zone letters differ from account to account: one of us-east-1 may be a zone without EKS control planes (use1-az3).
   * @default - the region's zones a, b and c, or the first three that there are; must be said for us-west-1
   */
  readonly availabilityZones?: readonly string[];
  /**
   * Who reaches the API server from the internet: ['203.0.113.0/24']. Nodes use the private endpoint in any case.
   * @default - everybody, which is reported; write ['0.0.0.0/0'] to say that it is meant
   */
  readonly publicAccessCIDRs?: readonly Cidr[];
  /** Of AWS resources: at most 50, keys up to 128 characters and not 'aws:...', values up to 256. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** What types outside of the library's table have, so that `capacity()` can tell: InstanceType.custom({...}). @default - none */
  readonly instanceTypes?: readonly InstanceType[];
  /**
   * What programs of the cluster itself ask of its nodes, by add-on or Helm release, in place of the library's table or
   * beside it: { 'aws-efs-csi-driver': [{ name: 'efs-csi-node', cpu: 10, memory: 40 }] }. @default - the defaults of their charts
   */
  readonly systemPods?: SystemPodTable;
  /**
   * Any section of the ClusterConfig in eksctl's spelling, over what the props make: self-managed groups, Fargate profiles, a
   * private cluster, IPv6, logging, an own VPC; or a whole file that `ClusterConfig.parse` has read. Maps are merged, named
   * entries (node groups, add-ons, ...) by their names, anything else is replaced; a key that is `undefined` takes a
   * default out. What has a prop may stand here as well, but not say something else than the prop.
   * Checked by every rule of eksctl at synthesis. @default - none
   */
  readonly config?: ClusterConfigPart;
  /**
   * Edits of the finished ClusterConfig, after the workloads have added to it: for what depends on the rest, and `config`
   * cannot say. What the manifests are made from (name, region, version, zones, ranges, mode) is refused here. @default - none
   */
  readonly customize?: Customize<{ clusterConfig: MadeClusterConfig }>;
}

/** Managed node groups or Auto Mode, never both: eksctl cannot create a cluster with both. Or what `config` has: other groups, Fargate profiles. */
export type Compute =
  | {
      /** At least one. */
      readonly nodeGroups: readonly [NodeGroup, ...NodeGroup[]];
      readonly autoMode?: never;
    }
  | {
      /** `true`, or its pools. */
      readonly autoMode: true | AutoMode;
      readonly nodeGroups?: never;
    }
  | {
      /** With node groups, Fargate profiles or remote nodes of its own, or with Auto Mode switched on. */
      readonly config: ClusterConfigPart;
      readonly nodeGroups?: never;
      readonly autoMode?: never;
    };

/** Props of a Cluster. */
export type ClusterProps = ClusterParts & Compute;

/** A cluster that exists: what is not said is unknown, and checks on it are reported instead of failed. */
export interface ExistingClusterProps extends ClusterFactsProps {
  /** Decides the EBS provisioner and who makes load balancers. @default 'node-groups' */
  readonly compute?: 'node-groups' | 'auto';
  /** Names of all installed add-ons. @default - unknown */
  readonly addons?: readonly string[];
  /** All that is switched on. @default - unknown */
  readonly features?: readonly ClusterFeature[];
  /** Of its nodes. @default - unknown */
  readonly architectures?: readonly Architecture[];
  /** Number of zones with nodes. @default - unknown */
  readonly zones?: number;
}

/** What a ClusterConfig does not say of the cluster that was made from it. */
export interface DescribedClusterProps {
  /** Names of add-ons that were installed since. @default - none */
  readonly addons?: readonly string[];
  /**
   * What was switched on since: 'network-policy' in Auto Mode; 'load-balancer' where the controller runs without a pod
   * identity association in the file. @default - none
   */
  readonly features?: readonly ClusterFeature[];
  /** As in `ExistingClusterProps`; to be said of a VPC that eksctl has not made, and of IPv6. @default - computed as eksctl lays them out */
  readonly loadBalancerSubnets?: ClusterFactsProps['loadBalancerSubnets'];
  /** As in `ClusterProps`. @default - none */
  readonly instanceTypes?: readonly InstanceType[];
  /** As in `ClusterProps`. @default - the defaults of their charts */
  readonly systemPods?: SystemPodTable;
}
