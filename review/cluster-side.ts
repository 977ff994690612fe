import type { Architecture } from '../eks/values';
import { type ResolvedNodeGroup, resolvedNodeGroups } from '../eksctl/resolved-node-group';
import type { ClusterConfig } from '../eksctl/types';
import type { FilePlace } from '../kube/finding';
import type { Inventory, InventoryObject } from '../kube/inventory';
import type { KarpenterNodes } from '../simulator/node-templates/of-cluster';
import type { CapacityReport } from '../simulator/report';

/** What rules know of the cluster that objects are applied to. */
export interface ClusterSide {
  /** The finished ClusterConfig. */
  readonly config: ClusterConfig;
  /** Its node groups. */
  readonly groups: readonly ResolvedNodeGroup[];
  /** The construct of the cluster, for what is wrong with it as a whole. */
  readonly construct?: string;
  /** The file of the ClusterConfig. */
  readonly file?: FilePlace;
  /** Whether the rules of eksctl have checked the ClusterConfig, so that a waiver of one can be unused. @default false */
  readonly checked?: boolean;
  /** Architectures of nodes beside those that the objects make: there may be pools of others. */
  readonly architectures: ReadonlySet<Architecture>;
  /** The nodes that a Karpenter of the cluster's own makes, from pools outside of the set as well. */
  readonly karpenter?: KarpenterNodes | undefined;
  /** The construct that asked for the permissions of a service account, by 'namespace/name'. */
  readonly identities: ReadonlyMap<string, string>;
  /** Architectures that an object requires of the cluster, and that are checked as requirements. */
  readonly requiredArchitectures: (object: InventoryObject) => ReadonlySet<string>;
  /** Whether the objects fit on the nodes. */
  readonly capacity: (() => CapacityReport) | undefined;
}

/** A cluster that only its ClusterConfig describes. */
export function clusterSide(config: ClusterConfig, known: Partial<ClusterSide> = {}): ClusterSide {
  return {
    config,
    groups: resolvedNodeGroups(config),
    architectures: new Set(),
    identities: new Map(),
    requiredArchitectures: () => new Set(),
    capacity: undefined,
    ...known,
  };
}

/** Whether Karpenter makes nodes for pods that find no place: by pools of the set, or by those of its own cluster. */
export function makesNodes({ config, karpenter }: ClusterSide, inventory: Inventory): boolean {
  return (
    karpenter !== undefined || config.karpenter !== undefined || inventory.ofKind('NodePool', 'karpenter.sh').length > 0
  );
}
