import type { Check } from '../core/check';
import type { DeploymentSpec } from '../core/k8s';
import type { Duration } from '../core/values';

/** When a rollout has failed, and what of the old versions is kept. */
export interface RolloutTimes {
  /** A rollout without progress for this long has failed. Whole seconds, more than `minReady`. @default 600 s */
  readonly deadline?: Duration;
  /**
   * How long a new pod must stay ready before it counts as available, so that a crash after the start stops the rollout.
   * Whole seconds; each step of the rollout takes so much longer.
   *
   * @default 0 s - a pod is available when it is ready
   */
  readonly minReady?: Duration;
  /** Old revisions that are kept for `kubectl rollout undo`: 0 or more; with 0 there is no way back. @default 3 */
  readonly revisionHistory?: number;
  /**
   * Changes of the pods are applied but not rolled out until it is false again. The number of replicas still changes.
   * A Deployment that is created paused has no pods.
   *
   * @default false
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pausing-and-resuming-a-deployment
   */
  readonly paused?: boolean;
}

/** How many pods there may be beside, and below, the number of replicas. */
export interface Surge {
  readonly maxUnavailable?: number | string;
  readonly maxSurge?: number | string;
}

const DEADLINE = 600;
/** Old revisions that Deployments, StatefulSets and DaemonSets keep for a rollback. */
export const REVISIONS = 3;

/** The fields of a Deployment and of a Rollout alike. */
export function resolveTimes(check: Check, rollout: RolloutTimes, field: string): Partial<DeploymentSpec> {
  const { deadline = DEADLINE, minReady = 0, revisionHistory = REVISIONS, paused = false } = rollout;
  const progressDeadlineSeconds = check.seconds(`${field}.deadline`, deadline, 1);
  const minReadySeconds = check.seconds(`${field}.minReady`, minReady);
  if (minReadySeconds >= progressDeadlineSeconds) {
    check.fail(
      'invalid',
      `${field}.minReady`,
      `${field}.minReady must be less than ${field}.deadline (${progressDeadlineSeconds} s), but is ${minReadySeconds} s: each rollout would fail`,
      `write a longer deadline, such as '${progressDeadlineSeconds + minReadySeconds}s'`,
    );
  }
  if (typeof paused !== 'boolean') {
    check.fail('type', `${field}.paused`, `${field}.paused must be true or false`, 'write true or false');
  }
  return {
    progressDeadlineSeconds,
    ...(minReadySeconds > 0 ? { minReadySeconds } : {}),
    revisionHistoryLimit: check.integer(`${field}.revisionHistory`, revisionHistory, 0, MAX_REVISIONS),
    ...(paused ? { paused } : {}),
  };
}

/** The field has 32 bits. */
const MAX_REVISIONS = 2 ** 31 - 1;

/** Without a missing pod by default. */
export function resolveSurge(check: Check, rollout: Surge, field: string) {
  const maxUnavailable = check.numberOrPercent(`${field}.maxUnavailable`, rollout.maxUnavailable ?? 0);
  const maxSurge = check.numberOrPercent(`${field}.maxSurge`, rollout.maxSurge ?? '25%');
  if (Number.parseInt(String(maxUnavailable), 10) === 0 && Number.parseInt(String(maxSurge), 10) === 0) {
    check.fail(
      'invalid',
      field,
      `${field}.maxUnavailable and ${field}.maxSurge must not both be 0: no pod could be replaced`,
      'raise one of them',
    );
  }
  return { maxSurge, maxUnavailable };
}
