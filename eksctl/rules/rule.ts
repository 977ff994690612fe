import type { ClusterConfig, ManagedNodeGroup, NodeGroup } from '../types';

/** Takes what a rule finds. Paths are those of the file. */
export interface Report {
  error(path: string, problem: string, fix: string): void;
  warning(path: string, problem: string, fix: string): void;
}

/** What every rule says of itself. */
interface RuleHead {
  /** Unique: the family's letter and a number, 'A10'; a part of a rule that has several carries a letter, 'A12c'. */
  readonly id: string;
  /** The rule in one line, as the documentation lists it. */
  readonly title: string;
  /**
   * Who refuses what it calls an error: 'eksctl' itself, before it makes anything; or 'aws' (EKS, EC2, CloudFormation or
   * the node), late or never, where eksctl lets it pass.
   */
  readonly enforcedBy: 'eksctl' | 'aws';
}

/** A rule over the whole file. Pure: reads the config, writes nothing but findings, and takes any JSON of the right shape. */
export interface ConfigRule extends RuleHead {
  readonly check: (config: ClusterConfig, report: Report) => void;
}

/** A node group with what its rules need to know. */
export type AnyNodeGroup =
  | { readonly kind: 'managed'; readonly group: ManagedNodeGroup; readonly path: string }
  | { readonly kind: 'self-managed'; readonly group: NodeGroup; readonly path: string };

/** A rule over one node group; `path` is its place: 'managedNodeGroups[1]'. */
export interface NodeGroupRule extends RuleHead {
  readonly check: (node: AnyNodeGroup, report: Report, config: ClusterConfig) => void;
}
