import type { ObjectReference } from '../../../kube/finding';
import type { Risk } from '../model';

/** A budget that lets no pod go, so that a drain waits for it until it fails. */
export interface BlockingBudget {
  readonly object: ObjectReference;
  /** One sentence without its full stop. */
  readonly text: string;
}

/** A step of a change of a cluster, in the order in which it has to be done. */
export interface ClusterStep {
  /** The same for the same change: 'upgrade/control-plane/1.36'. */
  readonly id: string;
  /** One line of a POSIX shell. @default - a change of the program, as the text says */
  readonly command?: string;
  /** One sentence without its full stop. */
  readonly text: string;
  /** The changed fields that it covers, members of lists by name: 'managedNodeGroups[web].instanceType'. */
  readonly fields: readonly string[];
  /** What is made anew: "node group 'web'". @default - nothing, the change is made in place */
  readonly replaces?: string;
  /** About how long, from and to. Estimates: nothing is asked of AWS. @default - under a minute */
  readonly minutes?: readonly [number, number];
  /** What may be disturbed meanwhile, one sentence without its full stop. @default - nothing */
  readonly disturbs?: string;
  /** Budgets that stop the drain of the step. @default - none, or the objects are not known */
  readonly blockedBy?: readonly BlockingBudget[];
  readonly risk: Risk;
}

/** A changed field that no step covers, and why. */
export interface NamedField {
  readonly field: string;
  /** One sentence without its full stop. */
  readonly text: string;
}

/** What makes a running cluster equal to a changed ClusterConfig. */
export interface ClusterPlan {
  /** In the order in which they have to be done. */
  readonly steps: readonly ClusterStep[];
  /** What an existing cluster ignores without a word. */
  readonly ignored: readonly NamedField[];
  /** What only another cluster can have. */
  readonly newCluster: readonly NamedField[];
}
