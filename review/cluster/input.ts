import type { IConstruct } from 'constructs';
import type { PatternError } from '../../charts/core/errors';
import type { Architecture } from '../../eks/values';
import type { NodeGroupFacts } from '../../eksctl/node-group-facts';
import type { ClusterConfig } from '../../eksctl/types';
import type { Placed } from '../../kube/objects';

/** An object of the app. */
export interface FitObject extends Pick<Placed, 'construct' | 'manifest'> {
  /** Ids of what the construct and those around it require, so that nothing is told twice. */
  readonly requires: ReadonlySet<string>;
}

/** The two sides that have to fit. */
export interface FitInput {
  /** The Cluster, for what is wrong with it as a whole. */
  readonly cluster: IConstruct;
  /** The finished ClusterConfig. */
  readonly config: ClusterConfig;
  /** Its node groups. */
  readonly groups: readonly NodeGroupFacts[];
  /** Every object that is applied. */
  readonly objects: readonly FitObject[];
  /** What somebody said of the nodes: there may be pools outside of this app. Empty where nobody said anything. */
  readonly architectures: ReadonlySet<Architecture>;
  /** The construct that asked for the permissions of a service account, by 'namespace/name'. */
  readonly identities: ReadonlyMap<string, IConstruct>;
}

/** Something that is allowed, but seldom meant. */
export interface FitWarning {
  readonly construct: IConstruct;
  readonly message: string;
}

/** What does not fit. */
export interface FitFindings {
  readonly errors: readonly PatternError[];
  readonly warnings: readonly FitWarning[];
}

/** One aspect of fitting; pure. */
export type FitCheck = (input: FitInput) => FitFindings;

/** All findings of several. */
export function joined(findings: readonly FitFindings[]): FitFindings {
  return { errors: findings.flatMap((f) => f.errors), warnings: findings.flatMap((f) => f.warnings) };
}
