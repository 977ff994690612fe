import type { Architecture } from '../../../eks/values';
import type { NodePoolSpecTemplateSpecRequirements } from '../../../imports/karpenter';
import type { Quantity } from '../../../kube/values';
import type { NodePool as NodePoolManifest } from '../../core/k8s';
import type { Customize, Duration } from '../../core/values';
import type { NodeTaint } from '../props';
import type { NodePoolDisruption } from './disruption';
import type { NodeClass } from './node-class';

/** What all nodes of a pool together may have. */
export interface NodePoolLimits {
  /** Cores: '64'. @default - any number */
  readonly cpu?: Quantity;
  /** '256Gi'. @default - any amount */
  readonly memory?: Quantity;
}

/** Which instances a pool makes: kinds of them, or types by name. */
export type NodePoolInstances =
  | {
      /** 'c', 'm', 'r', 't', 'g', ...: the letters before the generation. @default ['c', 'm', 'r'], as the built-in pools; none when families are named */
      readonly instanceCategories?: readonly string[];
      /** 'm7g', 'c7i-flex'. @default - every family of the categories */
      readonly instanceFamilies?: readonly string[];
      /** The oldest generation. @default 5, as the built-in pools; none when families are named */
      readonly minGeneration?: number;
      /** 'large', '2xlarge'. @default - every size; Auto Mode makes no nano, micro or small */
      readonly instanceSizes?: readonly string[];
      /** Numbers of cores, 2 or more: [4, 8, 16]. @default - any */
      readonly instanceCpus?: readonly number[];
      readonly instanceTypes?: never;
    }
  | {
      /** 'm7g.large'; name several, or a shortage of one leaves pods waiting. */
      readonly instanceTypes: readonly [string, ...string[]];
      readonly instanceCategories?: never;
      readonly instanceFamilies?: never;
      readonly minGeneration?: never;
      readonly instanceSizes?: never;
      readonly instanceCpus?: never;
    };

/** The parts of a NodePool that do not exclude each other. */
export interface NodePoolParts {
  /** What bounds the bill: { cpu: '64' }, or 'none' to say that nothing does. */
  readonly limits: NodePoolLimits | 'none';
  /** @default - those of the named types or families; else ['amd64'], as the pool 'general-purpose' */
  readonly architectures?: readonly Architecture[];
  /** 'spot' is cheaper, and taken away with two minutes' notice; with both, Spot is tried first. @default ['on-demand'] */
  readonly capacityTypes?: readonly ('on-demand' | 'spot')[];
  /** Some of the cluster's zones. @default - all of them */
  readonly zones?: readonly string[];
  /** More conditions on instances, in Karpenter's spelling, with the labels of Auto Mode: { key: 'eks.amazonaws.com/instance-local-nvme', operator: 'Gt', values: ['500'] }. @default - none */
  readonly requirements?: readonly NodePoolSpecTemplateSpecRequirements[];
  /** Labels of the nodes, in domains of one's own. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Taints of the nodes: only pods that tolerate them get there. @default - none */
  readonly taints?: readonly NodeTaint[];
  /** Taints that something takes away once the node is ready for pods. @default - none */
  readonly startupTaints?: readonly NodeTaint[];
  /** When nodes are taken away though they work. @default - as the built-in pools */
  readonly disruption?: NodePoolDisruption;
  /** The age at which a node is replaced; with terminationGracePeriod at most 21 days, which EKS allows no node to exceed. @default '336h' (14 days), as the built-in pools */
  readonly expireAfter?: Duration;
  /** How long the pods of a node that goes may take; then they are stopped, disruption budgets or not. @default '24h', as EKS */
  readonly terminationGracePeriod?: Duration;
  /** Of several pools that would do, the heaviest is taken: 1 to 100. @default - none: the cheapest */
  readonly weight?: number;
  /** What its nodes are made of: a NodeClass, or the name of one that exists. @default 'default', which comes with the built-in pools */
  readonly nodeClass?: NodeClass | string;
  /** @default - none */
  readonly customize?: Customize<{ nodePool: NodePoolManifest }>;
}

/** Props of a NodePool. */
export type NodePoolProps = NodePoolParts & NodePoolInstances;
