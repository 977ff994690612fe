import type { OneOf } from './common';
import type { InstanceSelector, NodeGroupBase, NodeGroupTaint } from './nodes';

/** A group of nodes that EKS makes, updates and drains. */
export type ManagedNodeGroup = NodeGroupBase & ManagedNodeGroupOnly & ManagedInstanceTypes;

/** What only managed groups have. */
export interface ManagedNodeGroupOnly {
  /** An existing launch template, in place of type, image, volumes, SSH and more of the group. @default - eksctl makes one */
  readonly launchTemplate?: LaunchTemplate;
  /** What EKS does about nodes that do not work. @default - nothing */
  readonly nodeRepairConfig?: NodeGroupNodeRepairConfig;
  /** A release of the EKS image: '1.35.0-20260115'. Refused with an image of your own. @default - the newest */
  readonly releaseVersion?: string;
  /** Spare capacity, cheaper, taken back at two minutes' notice. Name several types. @default false */
  readonly spot?: boolean;
  /** Taints of the nodes. @default - none */
  readonly taints?: readonly NodeGroupTaint[];
}

/** What the nodes are: one type, several, or whatever a selector finds. */
export type ManagedInstanceTypes = OneOf<
  | {
      /** 'm5.large'. Refused with a launch template. @default 'm5.large' */
      readonly instanceType?: string;
    }
  | {
      /** Types of the same size and architecture, for Spot. */
      readonly instanceTypes?: readonly string[];
    }
  | {
      /** Finds types by what they have; eksctl asks AWS. */
      readonly instanceSelector?: InstanceSelector;
    }
>;

/** An existing launch template of EC2. */
export interface LaunchTemplate {
  /** 'lt-00000123'. */
  readonly id: string;
  /** A version, a number as text: '3'. @default - the template's default version */
  readonly version?: string;
}

/** What EKS does about nodes that do not work; it hears of them from the add-on eks-node-monitoring-agent. */
export type NodeGroupNodeRepairConfig = NodeRepair & NodeRepairLimit & NodeRepairPace;

/** Whether nodes are repaired, and how. */
export interface NodeRepair {
  /** Replaces or restarts nodes that do not work. @default false */
  readonly enabled?: boolean;
  /** Other answers to single conditions. @default - those of EKS */
  readonly nodeRepairConfigOverrides?: readonly NodeRepairConfigOverride[];
}

/** With how many broken nodes EKS stops repairing, since the cause lies elsewhere: a number, or a share. */
export type NodeRepairLimit = OneOf<
  | {
      /** A number of nodes. @default - 20 % of the nodes, from 6 nodes on */
      readonly maxUnhealthyNodeThresholdCount?: number;
    }
  | {
      /** A share of the nodes, 1 to 100. */
      readonly maxUnhealthyNodeThresholdPercentage?: number;
    }
>;

/** How many nodes are repaired at once: a number, or a share of the broken ones. */
export type NodeRepairPace = OneOf<
  | {
      /** A number of nodes. @default - one after the other */
      readonly maxParallelNodesRepairedCount?: number;
    }
  | {
      /** A share of the broken nodes, 1 to 100. */
      readonly maxParallelNodesRepairedPercentage?: number;
    }
>;

/** Another answer to one condition; all four have to be said. */
export interface NodeRepairConfigOverride {
  /** Minutes to wait before the node is repaired. */
  readonly minRepairWaitTimeMins: number;
  /** The condition of the node: 'AcceleratedHardwareReady'. */
  readonly nodeMonitoringCondition: string;
  /** The reason that the monitoring agent gives: 'NvidiaXID64Error'. */
  readonly nodeUnhealthyReason: string;
  /** What is done. */
  readonly repairAction: 'NoAction' | 'Reboot' | 'Replace' | (string & {});
}
