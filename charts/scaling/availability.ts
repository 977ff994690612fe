import { describe } from '../../kube/describe';
import { allowedDisruptions } from '../../kube/disruption';
import { selectorLabels } from '../../kube/labels';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { DeploymentSpec, ObjectMeta, PodDisruptionBudget } from '../core/k8s';
import type { Duration } from '../core/values';
import type { ReplicasModel } from './replicas';

/** Which pods that are not ready a drain may evict. */
export interface UnreadyPods {
  /**
   * 'evict': a pod that is not ready may always be evicted. 'protect': only while enough others are ready, since a member
   * that catches up counts for the quorum as well.
   *
   * @default - 'protect' for a StatefulService with `memberPorts`; otherwise 'evict', since a broken pod must not block
   * every drain
   * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy
   */
  readonly unready?: 'evict' | 'protect';
}
/** A disruption budget by the number of pods that may be missing. */
export interface MaxUnavailable extends UnreadyPods {
  /** Pods that may be missing during a drain: 1 or more, or a percentage such as '25%'. */
  readonly maxUnavailable: number | string;
  readonly minAvailable?: never;
}
/** A disruption budget by the number of pods that must stay. */
export interface MinAvailable extends UnreadyPods {
  /** Pods that must stay during a drain: less than the number of replicas, or a percentage such as '75%', rounded up. */
  readonly minAvailable: number | string;
  readonly maxUnavailable?: never;
}
/**
 * How many pods a drain may evict at once, or 'none' for no PodDisruptionBudget. A budget that blocks every drain is
 * refused.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/disruptions/
 */
export type Disruption = 'none' | MaxUnavailable | MinAvailable;

/**
 * How a Deployment replaces the pods of the old version.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
 */
export interface Rollout {
  /** Pods that may be missing during a rollout: a number or percentage. @default 0 - a new pod is ready before an old one stops */
  readonly maxUnavailable?: number | string;
  /** Pods above the number of replicas during a rollout: a number or percentage. @default '25%' */
  readonly maxSurge?: number | string;
  /** 'recreate' stops all old pods first, for what must not run twice. @default 'rolling' */
  readonly strategy?: 'rolling' | 'recreate';
  /** A rollout without progress for this long has failed. Whole seconds. @default 600 s */
  readonly deadline?: Duration;
  /** How long a new pod must be ready before it counts as available: a crash shortly after the start then stops the rollout. Whole seconds, less than `deadline`. @default 0 */
  readonly minReady?: Duration;
  /** Old revisions that are kept for `kubectl rollout undo`, 0 or more. With 0 there is no way back. @default 3 */
  readonly revisionHistory?: number;
  /** Whether a change of the pods waits until this is removed; a rollout that has begun stops where it is. @default false */
  readonly paused?: boolean;
}
/** Props of workloads that run as a Deployment. */
export interface AvailabilityProps {
  /**
   * The PodDisruptionBudget: how many pods a drain may evict at once.
   *
   * @default - { maxUnavailable: 1 }; none when there is never more than one replica
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/application.html
   */
  readonly disruption?: Disruption;
  /** How a new version replaces the old one. @default - rolling, without a missing pod; see Rollout */
  readonly rollout?: Rollout;
}

const DISRUPTION: KeyTable<MaxUnavailable> = { maxUnavailable: true, minAvailable: true, unready: true };
const ROLLOUT: KeyTable<Rollout> = {
  maxUnavailable: true,
  maxSurge: true,
  strategy: true,
  deadline: true,
  minReady: true,
  revisionHistory: true,
  paused: true,
};
const EVICTION_POLICY = { evict: 'AlwaysAllow', protect: 'IfHealthyBudget' } as const;
const DEADLINE = 600;
/** Old revisions that Deployments, StatefulSets and DaemonSets keep for a rollback. */
export const REVISIONS = 3;
/** A pod of a StatefulSet or DaemonSet is ready for this long before the next one is updated: a crash after the start stops the rollout. */
export const MIN_READY_SECONDS = 10;

/** The budget of a workload with a minimum and maximum of pods; undefined for none. */
export function resolveDisruption(
  check: Check,
  disruption: Disruption | undefined,
  { min: minReplicas, max: maxReplicas }: Pick<ReplicasModel, 'min' | 'max'>,
): Exclude<Disruption, 'none'> | undefined {
  if (disruption === 'none') {
    return undefined;
  }
  if (disruption === undefined) {
    // a budget for a single pod would block every drain or have no effect
    return maxReplicas > 1 ? { maxUnavailable: 1 } : undefined;
  }
  checkDisruption(check, disruption);
  if (maxReplicas === 0) {
    return undefined;
  }
  const { minAvailable } = disruption;
  if (minAvailable !== undefined) {
    const least = Math.max(minReplicas, 1);
    if (allowedDisruptions({ minAvailable }, least) === 0) {
      check.fail(
        'invalid',
        'disruption.minAvailable',
        `disruption.minAvailable must be less than the number of replicas (${least}), but is ${describe(minAvailable)}: no node could be drained`,
        'write a smaller number, or { maxUnavailable: 1 }',
      );
    }
  }
  return disruption;
}

/** Checks a budget by itself; `resolveDisruption` checks it against the replicas. */
export function checkDisruption(check: Check, disruption: Disruption, field = 'disruption'): void {
  if (disruption === 'none') {
    return;
  }
  check.keys<MaxUnavailable>(field, disruption, DISRUPTION);
  const { maxUnavailable, minAvailable, unready } = disruption;
  if (unready !== undefined) {
    check.oneOf(`${field}.unready`, unready, Object.keys(EVICTION_POLICY));
  }
  if ((maxUnavailable === undefined) === (minAvailable === undefined)) {
    const hasNone = maxUnavailable === undefined;
    check.fail(
      hasNone ? 'required' : 'forbidden',
      field,
      `${field} must have maxUnavailable or minAvailable, but has ${hasNone ? 'neither' : 'both'}`,
      'write { maxUnavailable: 1 } or { minAvailable: 2 }',
    );
  }
  if (maxUnavailable === undefined) {
    check.numberOrPercent(`${field}.minAvailable`, minAvailable);
    return;
  }
  const value = check.numberOrPercent(`${field}.maxUnavailable`, maxUnavailable);
  if (value === 0 || value === '0%') {
    check.fail(
      'invalid',
      `${field}.maxUnavailable`,
      `${field}.maxUnavailable must be above 0, but is ${describe(value)}: no node could be drained`,
      "write 1 or more, or disruption: 'none'",
    );
  }
}

/** @param unready the default of `disruption.unready` */
export function podDisruptionBudget(
  metadata: ObjectMeta & { name: string },
  workload: string,
  disruption: Exclude<Disruption, 'none'>,
  unready: 'evict' | 'protect' = 'evict',
): PodDisruptionBudget {
  const { maxUnavailable, minAvailable } = disruption;
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: {
      maxUnavailable,
      minAvailable,
      selector: { matchLabels: selectorLabels(workload) },
      unhealthyPodEvictionPolicy: EVICTION_POLICY[disruption.unready ?? unready],
    },
  };
}

/** The fields of a Deployment that control its rollout. */
export function resolveRollout(check: Check, rollout: Rollout = {}, field = 'rollout'): Partial<DeploymentSpec> {
  check.keys<Rollout>(field, rollout, ROLLOUT);
  const deadline = rollout.deadline === undefined ? DEADLINE : check.seconds(`${field}.deadline`, rollout.deadline, 1);
  const { paused, revisionHistory = REVISIONS } = rollout;
  if (paused !== undefined && typeof paused !== 'boolean') {
    check.fail(
      'type',
      `${field}.paused`,
      `${field}.paused must be a boolean, but is ${describe(paused)}`,
      'write true or false',
    );
  }
  const common = {
    progressDeadlineSeconds: deadline,
    revisionHistoryLimit: check.integer(`${field}.revisionHistory`, revisionHistory, 0),
    ...(rollout.minReady === undefined ? {} : { minReadySeconds: minReady(check, rollout.minReady, deadline, field) }),
    ...(paused ? { paused: true } : {}),
  };
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
    return { ...common, strategy: { type: 'Recreate' } };
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
  return { ...common, strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable, maxSurge } } };
}

function minReady(check: Check, given: Duration, deadline: number, field: string): number {
  const seconds = check.seconds(`${field}.minReady`, given);
  if (seconds >= deadline) {
    check.fail(
      'invalid',
      `${field}.minReady`,
      `${field}.minReady must be less than the deadline (${deadline} s), but is ${seconds} s: every rollout would fail`,
      `write a longer deadline`,
    );
  }
  return seconds;
}
