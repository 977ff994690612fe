import type { ClusterConfig, ManagedNodeGroup, NodeGroup } from '../types';

/** Receives the findings of a rule. Paths are relative to the file. */
export interface Report {
  error(path: string, message: string, fix: string): void;
  warning(path: string, message: string, fix: string): void;
  /** What is usual at first, and has a better way. */
  advice(path: string, message: string, fix: string): void;
}

/** The properties of every rule. */
interface RuleHead {
  /** Unique: the letter of the family and a number, 'A10'; parts of a rule have a letter, 'A12c'. */
  readonly id: string;
  /** What the rule requires, in one line; listed in the documentation. */
  readonly title: string;
  /**
   * Who reports the errors of this rule without this library: 'eksctl' before it creates anything, or 'aws' (EKS, EC2,
   * CloudFormation or the node) late or never.
   */
  readonly enforcedBy: 'eksctl' | 'aws';
}

/** A rule about the whole file. Pure; accepts any config of the right shape. */
export interface ConfigRule extends RuleHead {
  readonly check: (config: ClusterConfig, report: Report) => void;
}

/** A node group with its kind and path. */
export type AnyNodeGroup =
  | { readonly kind: 'managed'; readonly group: ManagedNodeGroup; readonly path: string }
  | { readonly kind: 'self-managed'; readonly group: NodeGroup; readonly path: string };

/** A rule about one node group. */
export interface NodeGroupRule extends RuleHead {
  readonly check: (node: AnyNodeGroup, report: Report, config: ClusterConfig) => void;
}
