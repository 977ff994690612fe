import { describe } from '../../kube/describe';
import { allowedDisruptions } from '../../kube/disruption';
import { selectorLabels } from '../../kube/labels';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { ObjectMeta, PodDisruptionBudget } from '../core/k8s';
import type { ArgoRollout } from './argo-rollout';
import type { ReplicasModel } from './replicas';
import type { Rollout } from './rollout';

export { REVISIONS } from './rollout';

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

/** Props of workloads that run as a Deployment. */
export interface AvailabilityProps {
  /**
   * The PodDisruptionBudget: how many pods a drain may evict at once.
   *
   * @default - { maxUnavailable: 1 }; none when there is never more than one replica, and with `replicas: 0` in any case
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/application.html
   */
  readonly disruption?: Disruption;
  /**
   * How a new version replaces the old one. `ArgoRollout.canary({...})` has it replaced step by step by Argo Rollouts.
   *
   * @default - rolling, without a missing pod; see Rollout
   */
  readonly rollout?: Rollout | ArgoRollout;
}

const DISRUPTION: KeyTable<MaxUnavailable> = { maxUnavailable: true, minAvailable: true, unready: true };
const ONE_AT_A_TIME: MaxUnavailable = { maxUnavailable: 1 };
const EVICTION_POLICY = { evict: 'AlwaysAllow', protect: 'IfHealthyBudget' } as const;
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
    return maxReplicas > 1 ? ONE_AT_A_TIME : undefined;
  }
  checkDisruption(check, disruption);
  if (maxReplicas === 0) {
    // a parked workload keeps its prop for the time when it runs again
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
  const selector = { matchLabels: selectorLabels(workload) };
  const unhealthyPodEvictionPolicy = EVICTION_POLICY[disruption.unready ?? unready];
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec:
      minAvailable === undefined
        ? { maxUnavailable, selector, unhealthyPodEvictionPolicy }
        : { minAvailable, selector, unhealthyPodEvictionPolicy },
  };
}
