import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { DeploymentSpec } from '../core/k8s';
import type { Duration } from '../core/values';

/**
 * How a Deployment replaces the pods of the old version. The quota of the tenant has room for the surge.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
 */
export interface Rollout {
  /** Pods that may be missing during a rollout: a number or percentage. @default 0 - a new pod is ready before an old one stops */
  readonly maxUnavailable?: number | string;
  /** Pods above the number of replicas during a rollout: a number or percentage. @default '25%' */
  readonly maxSurge?: number | string;
  /**
   * 'recreate' stops all old pods first, for what must not run twice. It has neither `maxSurge` nor `maxUnavailable`.
   *
   * @default 'rolling'
   */
  readonly strategy?: 'rolling' | 'recreate';
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

const ROLLOUT: KeyTable<Rollout> = {
  maxUnavailable: true,
  maxSurge: true,
  strategy: true,
  deadline: true,
  minReady: true,
  revisionHistory: true,
  paused: true,
};
const DEADLINE = 600;
/** Old revisions that Deployments, StatefulSets and DaemonSets keep for a rollback. */
export const REVISIONS = 3;

/** The fields of a Deployment that control its rollout. */
export function resolveRollout(check: Check, rollout: Rollout = {}, field = 'rollout'): Partial<DeploymentSpec> {
  check.keys<Rollout>(field, rollout, ROLLOUT);
  return { ...times(check, rollout, field), strategy: strategyOf(check, rollout, field) };
}

function times(check: Check, rollout: Rollout, field: string): Partial<DeploymentSpec> {
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

function strategyOf(check: Check, rollout: Rollout, field: string): DeploymentSpec['strategy'] {
  if (rollout.strategy !== undefined) {
    check.oneOf(`${field}.strategy`, rollout.strategy, ['rolling', 'recreate']);
  }
  if (rollout.strategy === 'recreate') {
    for (const key of ['maxSurge', 'maxUnavailable'] as const) {
      if (rollout[key] !== undefined) {
        check.fail(
          'forbidden',
          `${field}.${key}`,
          `${field}.${key} must not be set with the strategy 'recreate'`,
          `leave ${key} out`,
        );
      }
    }
    return { type: 'Recreate' };
  }
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
  return { type: 'RollingUpdate', rollingUpdate: { maxUnavailable, maxSurge } };
}
