import type { NodePoolSpecDisruption, NodePoolSpecDisruptionBudgets } from '../../../imports/karpenter';
import { describe } from '../../../kube/describe';
import type { KeyTable } from '../../../kube/values';
import type { Check } from '../../core/check';
import type { Duration } from '../../core/values';

/** How many nodes may be taken away at once. */
export interface DisruptionBudget {
  /** A number, or a percentage of the pool's nodes: '10%'. 0 keeps all. */
  readonly nodes: number | string;
  /** What it is about. @default - every reason */
  readonly reasons?: readonly ('Underutilized' | 'Empty' | 'Drifted')[];
  /** When it begins to hold, in UTC: a cron expression such as '0 8 * * mon-fri'. Takes a duration. @default - always */
  readonly schedule?: string;
  /** How long from then, in whole minutes: '8h'. Takes a schedule. @default - always */
  readonly duration?: Duration;
}

/** When nodes are taken away though they work. */
export interface NodePoolDisruption {
  /** 'WhenEmpty' leaves a node alone while pods run on it. @default 'WhenEmptyOrUnderutilized', as the built-in pools: unused capacity is paid for */
  readonly policy?: 'WhenEmpty' | 'WhenEmptyOrUnderutilized';
  /** After how long without a new pod, or 'Never'. @default '30s', as the built-in pools */
  readonly after?: Duration | 'Never';
  /** All hold at once. @default [{ nodes: '10%' }], as the built-in pools */
  readonly budgets?: readonly DisruptionBudget[];
}

const KEYS: KeyTable<NodePoolDisruption> = { policy: true, after: true, budgets: true };
const BUDGET_KEYS: KeyTable<DisruptionBudget> = { nodes: true, reasons: true, schedule: true, duration: true };
const REASONS = ['Underutilized', 'Empty', 'Drifted'];

export function disruption(check: Check, given: NodePoolDisruption): NodePoolSpecDisruption {
  check.keys<NodePoolDisruption>('disruption', given, KEYS);
  const policy = given.policy ?? 'WhenEmptyOrUnderutilized';
  check.oneOf('disruption.policy', policy, ['WhenEmpty', 'WhenEmptyOrUnderutilized']);
  const after = given.after ?? '30s';
  const budgets = given.budgets ?? [{ nodes: '10%' }];
  if (!Array.isArray(budgets) || budgets.length === 0) {
    check.fail(`disruption.budgets is ${describe(budgets)}`, "write for example [{ nodes: '10%' }]");
  }
  return {
    consolidationPolicy: policy,
    consolidateAfter: after === 'Never' ? after : goDuration(check.seconds('disruption.after', after)),
    budgets: budgets.map((one, i) => budget(check, one, `disruption.budgets[${i}]`)),
  };
}

function budget(check: Check, given: DisruptionBudget, place: string): NodePoolSpecDisruptionBudgets {
  check.keys<DisruptionBudget>(place, given ?? null, BUDGET_KEYS);
  for (const reason of given.reasons ?? []) {
    check.oneOf(`a reason of ${place}`, reason, REASONS);
  }
  if ((given.schedule === undefined) !== (given.duration === undefined)) {
    check.fail(
      `${place} has ${given.schedule === undefined ? 'a duration without a schedule' : 'a schedule without a duration'}`,
      "write both, such as schedule: '0 8 * * mon-fri' and duration: '10h', or none",
    );
  }
  return {
    nodes: String(check.numberOrPercent(`nodes of ${place}`, given.nodes)),
    ...(given.reasons ? { reasons: [...given.reasons] } : {}),
    ...(given.schedule === undefined || given.duration === undefined
      ? {}
      : {
          schedule: check.text(`the schedule of ${place}`, given.schedule),
          duration: minutes(check, place, given.duration),
        }),
  };
}

function minutes(check: Check, place: string, duration: Duration): string {
  const seconds = check.seconds(`the duration of ${place}`, duration, 60);
  if (seconds % 60 !== 0) {
    check.fail(`the duration of ${place} is ${seconds} s`, "write whole minutes or hours, such as '90m'");
  }
  return goDuration(seconds);
}

/** Hours, minutes and seconds, as Karpenter reads them: '336h', '1h30m', '30s'. */
export function goDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [seconds % 60, 's'],
  ] as const;
  return parts.map(([amount, unit]) => (amount > 0 ? `${amount}${unit}` : '')).join('') || '0s';
}
