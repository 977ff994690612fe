import type { Loose } from '../../../kube/loose';
import type { Changes } from './changes';
import type { Target } from './commands';
import type { Budgets } from './drains';
import type { ClusterPlan, ClusterStep, NamedField } from './model';

/** What a section of a ClusterConfig is planned from. */
export interface Context {
  /** With eksctl's defaults written down. */
  readonly old: Loose;
  readonly new: Loose;
  readonly changes: Changes;
  readonly target: Target;
  /** Those that stop the drain of a node with their pods. */
  readonly budgets: Budgets;
}

/** The part of a plan that a section writes. */
export type Section = (context: Context, draft: Draft) => void;

/** The order of steps of all sections. What others need comes first, what is taken away comes last. */
export const PHASES = [
  'prepare',
  'support',
  'roll-back-nodes',
  'control-plane',
  'settings',
  'identity',
  'addons',
  'capacity',
  'auto-mode',
  'nodes',
  'remove-capacity',
  'remove-addons',
  'remove-identity',
] as const;
export type Phase = (typeof PHASES)[number];

/** Collects a plan; steps of one phase stay in the order in which they come. */
export class Draft {
  private readonly steps: { readonly phase: Phase; readonly step: ClusterStep }[] = [];
  private readonly ignoredFields: NamedField[] = [];
  private readonly newClusterFields: NamedField[] = [];

  step(phase: Phase, step: ClusterStep): void {
    this.steps.push({ phase, step });
  }

  /** An existing cluster ignores changes of the fields. */
  ignored(fields: readonly string[], text: string): void {
    this.ignoredFields.push(...fields.map((field) => ({ field, text })));
  }

  /** Only another cluster can have the new values of the fields. */
  newCluster(fields: readonly string[], text: string): void {
    this.newClusterFields.push(...fields.map((field) => ({ field, text })));
  }

  /** Every field that is covered or named. */
  get fields(): ReadonlySet<string> {
    return new Set([
      ...this.steps.flatMap(({ step }) => step.fields),
      ...[...this.ignoredFields, ...this.newClusterFields].map(({ field }) => field),
    ]);
  }

  get plan(): ClusterPlan {
    const steps = PHASES.flatMap((wanted) => this.steps.filter(({ phase }) => phase === wanted));
    return {
      steps: steps.map(({ step }) => step),
      ignored: this.ignoredFields,
      newCluster: this.newClusterFields,
    };
  }
}
