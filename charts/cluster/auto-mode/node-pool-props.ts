import type { Architecture } from '../../../eks/values';
import type { NodePoolSpecTemplateSpecRequirements } from '../../../imports/karpenter';
import type { Quantity } from '../../../kube/values';
import type { NodePool as NodePoolManifest } from '../../core/k8s';
import type { Customize, Duration } from '../../core/values';
import type { Ec2NodeClass } from '../karpenter/ec2-node-class';
import type { NodeTaint } from '../props';
import type { NodePoolDisruption } from './disruption';
import type { NodeClass } from './node-class';

/** Limits of all nodes of a pool together. */
export interface NodePoolLimits {
  /** CPU cores: '64'. @default - unlimited */
  readonly cpu?: Quantity;
  /** Memory: '256Gi'. @default - unlimited */
  readonly memory?: Quantity;
}

/** The instances of a pool: by properties, or by type. */
export type NodePoolInstances =
  | {
      /** Letters before the generation: 'c', 'm', 'r', 't', 'g', ... @default ['c', 'm', 'r'], as the built-in pools; any if `instanceFamilies` is given */
      readonly instanceCategories?: readonly string[];
      /** Families: 'm7g', 'c7i-flex'. @default - every family of the categories */
      readonly instanceFamilies?: readonly string[];
      /** The oldest generation. @default 5, as the built-in pools; any if `instanceFamilies` is given */
      readonly minGeneration?: number;
      /** Sizes: 'large', '2xlarge'. @default - every size; Auto Mode has no nano, micro or small */
      readonly instanceSizes?: readonly string[];
      /** Numbers of CPU cores, 2 or more: [4, 8, 16]. @default - any */
      readonly instanceCpus?: readonly number[];
      readonly instanceTypes?: never;
    }
  | {
      /** Instance types: 'm7g.large'. List several, so that a shortage of one does not leave pods pending. */
      readonly instanceTypes: readonly [string, ...string[]];
      readonly instanceCategories?: never;
      readonly instanceFamilies?: never;
      readonly minGeneration?: never;
      readonly instanceSizes?: never;
      readonly instanceCpus?: never;
    };

/** The props of a NodePool that can be combined. */
export interface NodePoolParts {
  /** Bounds the cost of the pool: { cpu: '64' }, or 'none' for no limit. */
  readonly limits: NodePoolLimits | 'none';
  /** CPU architectures. @default - those of the given types or families; else ['amd64'], as the pool 'general-purpose' */
  readonly architectures?: readonly Architecture[];
  /** 'spot' is cheaper, but interrupted with two minutes' notice; with both, Spot is tried first. @default ['on-demand'], which is not interrupted */
  readonly capacityTypes?: readonly ('on-demand' | 'spot')[];
  /** Some of the cluster's zones. @default - all of them */
  readonly zones?: readonly string[];
  /** Further requirements on instances, in Karpenter's spelling, with the labels of Auto Mode or of Karpenter: { key: 'eks.amazonaws.com/instance-local-nvme', operator: 'Gt', values: ['500'] }. @default - none */
  readonly requirements?: readonly NodePoolSpecTemplateSpecRequirements[];
  /** The tenant that has the nodes for itself, by its id: their label and taint `cdk8s-eks-patterns.io/tenant`. Its `nodes` are 'dedicated'. @default - all tenants share the nodes */
  readonly tenant?: string;
  /** Labels of the nodes, without a domain or in your own. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Taints of the nodes: only pods that tolerate them are scheduled there. @default - none */
  readonly taints?: readonly NodeTaint[];
  /** Taints that a controller removes once the node is ready for pods. @default - none */
  readonly startupTaints?: readonly NodeTaint[];
  /** When healthy nodes are removed. @default - as the built-in pools */
  readonly disruption?: NodePoolDisruption;
  /** The age at which a node is replaced; in Auto Mode with terminationGracePeriod at most 21 days, the maximum of EKS. Karpenter of your own takes 'Never' as well. @default '336h' (14 days), as the built-in pools */
  readonly expireAfter?: Duration | 'Never';
  /** How long the pods of a node may take to terminate; then they are stopped, regardless of disruption budgets. @default '24h', as EKS */
  readonly terminationGracePeriod?: Duration;
  /** Priority among pools that fit a pod, 1 to 100; the highest is used. @default - none: the cheapest */
  readonly weight?: number;
  /** A NodeClass in Auto Mode, an Ec2NodeClass with a Karpenter of your own, or the name of an existing one. @default 'default', which the built-in pools or `karpenter` of the cluster create */
  readonly nodeClass?: NodeClass | Ec2NodeClass | string;
  /** Edits the finished object. @default - none */
  readonly customize?: Customize<{ nodePool: NodePoolManifest }>;
}

/** Props of a NodePool. */
export type NodePoolProps = NodePoolParts & NodePoolInstances;
