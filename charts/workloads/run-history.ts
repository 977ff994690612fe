import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';

/** How many finished runs are kept. */
export interface RunHistory {
  /** Runs that succeeded, 0 or more. @default - see the pattern */
  readonly succeeded?: number;
  /** Runs that failed, 0 or more. @default - see the pattern */
  readonly failed?: number;
}

const KEYS: KeyTable<RunHistory> = { succeeded: true, failed: true };

export function resolveHistory(
  check: Check,
  given: RunHistory | undefined,
  defaults: Required<RunHistory>,
): Required<RunHistory> {
  check.keys<RunHistory>('history', given, KEYS);
  const history = { ...defaults, ...given };
  for (const [key, value] of Object.entries(history)) {
    check.integer(`history.${key}`, value, 0);
  }
  return history;
}
