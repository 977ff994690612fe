import type { NodePoolSpecDisruption, NodePoolSpecDisruptionBudgets } from '../../../imports/karpenter';
import type { KeyTable } from '../../../kube/values';
import type { Check } from '../../core/check';
import type { Duration } from '../../core/values';
import { checkItems } from '../rule-of';

/** How many nodes may be removed at once. @see https://karpenter.sh/docs/concepts/disruption/ */
export interface DisruptionBudget {
  /** A number, or a percentage of the pool's nodes: '10%'. 0 removes none. */
  readonly nodes: number | string;
  /** Reasons that it limits. @default - every reason */
  readonly reasons?: readonly ('Underutilized' | 'Empty' | 'Drifted')[];
  /** When it becomes active, in UTC: a cron expression such as '0 8 * * mon-fri'. Requires `duration`. @default - always */
  readonly schedule?: string;
  /** How long it stays active, in whole minutes: '8h'. Requires `schedule`. @default - always */
  readonly duration?: Duration;
}

/** When healthy nodes are removed. */
export interface NodePoolDisruption {
  /** 'WhenEmpty' keeps a node while pods run on it. @default 'WhenEmptyOrUnderutilized', as the built-in pools: unused capacity costs money */
  readonly policy?: 'WhenEmpty' | 'WhenEmptyOrUnderutilized';
  /** How long after the last change of its pods a node may be removed, or 'Never'. @default '30s', as the built-in pools */
  readonly after?: Duration | 'Never';
  /** Limits, all of which apply. @default [{ nodes: '10%' }], as the built-in pools */
  readonly budgets?: readonly DisruptionBudget[];
}

const KEYS: KeyTable<NodePoolDisruption> = { policy: true, after: true, budgets: 'list' };
const BUDGET_KEYS: KeyTable<DisruptionBudget> = { nodes: true, reasons: 'texts', schedule: 'text', duration: true };
const REASONS = ['Underutilized', 'Empty', 'Drifted'];

export function disruption(check: Check, given: NodePoolDisruption): NodePoolSpecDisruption {
  check.keys<NodePoolDisruption>('disruption', given, KEYS);
  const policy = given.policy ?? 'WhenEmptyOrUnderutilized';
  check.oneOf('disruption.policy', policy, ['WhenEmpty', 'WhenEmptyOrUnderutilized']);
  const after = given.after ?? '30s';
  const budgets = given.budgets ?? [{ nodes: '10%' }];
  checkItems(check, 'disruption.budgets', budgets, 'budget', "write for example [{ nodes: '10%' }]");
  return {
    consolidationPolicy: policy,
    consolidateAfter: after === 'Never' ? after : goDuration(check.seconds('disruption.after', after)),
    budgets: budgets.map((one, i) => budget(check, one, `disruption.budgets[${i}]`)),
  };
}

function budget(check: Check, given: DisruptionBudget, place: string): NodePoolSpecDisruptionBudgets {
  check.keys<DisruptionBudget>(place, given ?? null, BUDGET_KEYS);
  for (const [i, reason] of (given.reasons ?? []).entries()) {
    check.oneOf(`${place}.reasons[${i}]`, reason, REASONS);
  }
  if ((given.schedule === undefined) !== (given.duration === undefined)) {
    const [missing, present] = given.schedule === undefined ? ['schedule', 'duration'] : ['duration', 'schedule'];
    check.fail(
      'required',
      `${place}.${missing}`,
      `${place}.${missing} is required with ${present}`,
      "write both, for example schedule: '0 8 * * mon-fri' and duration: '10h', or neither",
    );
  }
  return {
    nodes: String(check.numberOrPercent(`${place}.nodes`, given.nodes)),
    ...(given.reasons ? { reasons: [...given.reasons] } : {}),
    ...(given.schedule === undefined || given.duration === undefined
      ? {}
      : {
          schedule: check.text(`${place}.schedule`, given.schedule),
          duration: minutes(check, `${place}.duration`, given.duration),
        }),
  };
}

function minutes(check: Check, field: string, duration: Duration): string {
  const seconds = check.seconds(field, duration, 60);
  if (seconds % 60 !== 0) {
    check.fail(
      'invalid',
      field,
      `${field} must be whole minutes, but is ${seconds} s`,
      "write for example '90m' or '8h'",
    );
  }
  return goDuration(seconds);
}

/** Hours, minutes and seconds, as Karpenter parses them: '336h', '1h30m', '30s'. */
export function goDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [seconds % 60, 's'],
  ] as const;
  return parts.map(([amount, unit]) => (amount > 0 ? `${amount}${unit}` : '')).join('') || '0s';
}
