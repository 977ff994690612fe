import type { ARN, InlineDocument, OneOf, Texts } from './common';
import type { InstanceSelector, NodeGroupBase, NodeGroupTaint } from './nodes';

/** A group of nodes that eksctl makes as an Auto Scaling group; nobody updates it. Its name holds only letters, digits and '-'. */
export type NodeGroup = NodeGroupBase & SelfManagedNodeGroupOnly & SelfManagedInstanceTypes;

/** What only self-managed groups have. */
export interface SelfManagedNodeGroupOnly {
  /** Metrics of the Auto Scaling group. @default - none */
  readonly asgMetricsCollection?: readonly MetricsCollection[];
  /** Classic load balancers that the nodes join. @default - none */
  readonly classicLoadBalancerNames?: readonly string[];
  /** The DNS server of the pods: an address. @default - the tenth of the Service range */
  readonly clusterDNS?: string;
  /** The container runtime; not with `overrideBootstrapCommand`. @default containerd */
  readonly containerRuntime?: 'containerd';
  /** What a burstable type (t3, t4g) does when its credits are spent: pay, or slow down. Only with such a type. @default - that of the type */
  readonly cpuCredits?: 'standard' | 'unlimited';
  /** AWS Nitro Enclaves on the nodes. @default false */
  readonly enclaveEnabled?: boolean;
  /** Settings of the kubelet, as in its configuration file. Refused on Windows and Bottlerocket. @default - those of the image */
  readonly kubeletExtraConfig?: InlineDocument;
  /** AWS Local Zones of the nodes, some of the cluster's. Not with `availabilityZones`. @default - none */
  readonly localZones?: readonly string[];
  /** Seconds after which an instance is replaced, 86400 (a day) or more. @default - never */
  readonly maxInstanceLifetime?: number;
  /** Taints of the nodes: a list, or texts 'value:Effect' by key. @default - none */
  readonly taints?: TaintsWrapper;
  /** Target groups of load balancers that the nodes join. @default - none */
  readonly targetGroupARNs?: readonly ARN[];
}

/** Taints as a list, or as texts 'value:Effect' by key. eksctl's schema calls it `taintsWrapper`. */
export type TaintsWrapper = readonly NodeGroupTaint[] | Texts;

/** What the nodes are: one type, or a mix. */
export type SelfManagedInstanceTypes = OneOf<
  | {
      /** 'm5.large'. @default 'm5.large' */
      readonly instanceType?: string;
    }
  | {
      /** A mix needs no type; 'mixed' says so. */
      readonly instanceType?: 'mixed';
      /** A mix of types and of Spot and on-demand capacity. */
      readonly instancesDistribution?: NodeGroupInstancesDistribution;
      /** Finds types by what they have; eksctl asks AWS. */
      readonly instanceSelector?: InstanceSelector;
    }
>;

/** A mix of instance types, on demand and Spot. */
export interface NodeGroupInstancesDistribution {
  /** 1 to 20 types, each once; with `instanceSelector` it may be empty. */
  readonly instanceTypes: readonly string[];
  /** Starts a new Spot instance before an endangered one goes. @default false */
  readonly capacityRebalance?: boolean;
  /** Most dollars an hour for a Spot instance. @default - the on-demand price */
  readonly maxPrice?: number;
  /** On-demand instances that come first. @default 0 */
  readonly onDemandBaseCapacity?: number;
  /** Share of on-demand instances beyond those, 0 to 100. @default 100 */
  readonly onDemandPercentageAboveBaseCapacity?: number;
  /** Where Spot capacity is taken from. @default - lowest-price */
  readonly spotAllocationStrategy?:
    | 'capacity-optimized'
    | 'capacity-optimized-prioritized'
    | 'diversified'
    | 'lowest-price'
    | 'price-capacity-optimized';
  /** Pools of Spot capacity for lowest-price, 1 to 20. Not with the capacity-optimized ones. @default 2 */
  readonly spotInstancePools?: number;
}

/** Metrics of an Auto Scaling group in CloudWatch. */
export interface MetricsCollection {
  /** AWS knows only this one. */
  readonly granularity: '1Minute';
  /** 'GroupMinSize', 'GroupInServiceInstances'. @default - all */
  readonly metrics?: readonly string[];
}
