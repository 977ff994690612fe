import { selectorLabels } from '../../kube/labels';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { DeploymentSpec, ObjectMeta, PodDisruptionBudget } from '../core/k8s';
import type { Duration } from '../core/values';
import type { ReplicasModel } from './replicas';

/** How many pods may be missing. */
export interface MaxUnavailable {
  /** Pods that may be missing: a number of at least 1, or '25%'. */
  readonly maxUnavailable: number | string;
  readonly minAvailable?: never;
}
/** How many pods must stay. */
export interface MinAvailable {
  /** Pods that must stay: fewer than the least number of replicas, or '75%'. */
  readonly minAvailable: number | string;
  readonly maxUnavailable?: never;
}
/** How many pods a drain may take: a number or '25%'; or 'none' for no budget. */
export type Disruption = 'none' | MaxUnavailable | MinAvailable;

/** How a new version replaces the old one. */
export interface Rollout {
  /** Number or percent. @default 0 - the new pods are ready before the old ones go */
  readonly maxUnavailable?: number | string;
  /** Number or percent. @default '25%' */
  readonly maxSurge?: number | string;
  /** 'recreate' stops the old version first. @default 'rolling' */
  readonly strategy?: 'rolling' | 'recreate';
  /** Without progress for that long the rollout counts as failed. Whole seconds. @default 600 s */
  readonly deadline?: Duration;
}
/** What services and workers share. */
export interface AvailabilityProps {
  /** @default - { maxUnavailable: 1 }; none for what never has more than one replica */
  readonly disruption?: Disruption;
  /** @default - see Rollout */
  readonly rollout?: Rollout;
}

const DISRUPTION: KeyTable<MaxUnavailable> = { maxUnavailable: true, minAvailable: true };
const ROLLOUT: KeyTable<Rollout> = { maxUnavailable: true, maxSurge: true, strategy: true, deadline: true };
const DEADLINE = 600;
/** Old revisions that are kept for a rollback; of everything that rolls. */
export const REVISIONS = 3;
/** Ready for that long before the next pod of a set follows: a crash right after the start stops the rollout. */
export const MIN_READY_SECONDS = 10;

/** The budget of a workload with so many pods, at least and at most; undefined for none. */
export function resolveDisruption(
  check: Check,
  disruption: Disruption | undefined,
  { min: minReplicas, max: maxReplicas }: Pick<ReplicasModel, 'min' | 'max'>,
): Exclude<Disruption, 'none'> | undefined {
  if (disruption === 'none') {
    return undefined;
  }
  if (disruption === undefined) {
    // a budget for a single pod would either forbid every drain or mean nothing; one that can become many needs it then
    return maxReplicas > 1 ? { maxUnavailable: 1 } : undefined;
  }
  checkDisruption(check, disruption);
  const { minAvailable } = disruption;
  if (minAvailable !== undefined) {
    const least = Math.max(minReplicas, 1);
    // Kubernetes rounds up: 75 % of three pods are three
    const staying =
      typeof minAvailable === 'number' ? minAvailable : Math.ceil((Number.parseInt(minAvailable, 10) * least) / 100);
    if (staying >= least) {
      check.fail(
        `disruption.minAvailable is ${minAvailable} of ${minReplicas}: no node could ever be drained`,
        'write fewer than the least number of replicas, or { maxUnavailable: 1 }',
      );
    }
  }
  return disruption;
}

/** Checks a budget by itself; whether it leaves a pod to evict depends on the replicas. */
export function checkDisruption(check: Check, disruption: Disruption): void {
  if (disruption === 'none') {
    return;
  }
  check.keys<MaxUnavailable>('disruption', disruption, DISRUPTION);
  const { maxUnavailable, minAvailable } = disruption;
  if ((maxUnavailable === undefined) === (minAvailable === undefined)) {
    check.fail('disruption has two bounds or none', 'write { maxUnavailable: 1 } or { minAvailable: 2 }, not both');
  }
  if (maxUnavailable === undefined) {
    check.numberOrPercent('disruption.minAvailable', minAvailable);
    return;
  }
  const value = check.numberOrPercent('disruption.maxUnavailable', maxUnavailable);
  if (value === 0 || value === '0%') {
    check.fail(
      'disruption.maxUnavailable is 0: no node could ever be drained',
      "write 1 or more, or disruption: 'none'",
    );
  }
}

/** Pods that are not ready may always be evicted, or a broken one would block every drain. */
export function podDisruptionBudget(
  metadata: ObjectMeta & { name: string },
  workload: string,
  { maxUnavailable, minAvailable }: Exclude<Disruption, 'none'>,
): PodDisruptionBudget {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: {
      maxUnavailable,
      minAvailable,
      selector: { matchLabels: selectorLabels(workload) },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  };
}

/** The fields of a Deployment that decide how it rolls. */
export function resolveRollout(check: Check, rollout: Rollout = {}): Partial<DeploymentSpec> {
  check.keys<Rollout>('rollout', rollout, ROLLOUT);
  const common = {
    progressDeadlineSeconds:
      rollout.deadline === undefined ? DEADLINE : check.seconds('rollout.deadline', rollout.deadline, 1),
    revisionHistoryLimit: REVISIONS,
  };
  if (rollout.strategy !== undefined) {
    check.oneOf('rollout.strategy', rollout.strategy, ['rolling', 'recreate']);
  }
  if (rollout.strategy === 'recreate') {
    if (rollout.maxSurge !== undefined || rollout.maxUnavailable !== undefined) {
      check.fail(
        "rollout has bounds and the strategy 'recreate', which has none",
        'leave out maxSurge and maxUnavailable',
      );
    }
    return { ...common, strategy: { type: 'Recreate' } };
  }
  const maxUnavailable = check.numberOrPercent('rollout.maxUnavailable', rollout.maxUnavailable ?? 0);
  const maxSurge = check.numberOrPercent('rollout.maxSurge', rollout.maxSurge ?? '25%');
  if (Number.parseInt(String(maxUnavailable), 10) === 0 && Number.parseInt(String(maxSurge), 10) === 0) {
    check.fail('rollout has maxUnavailable 0 and maxSurge 0: nothing could ever move', 'raise one of them');
  }
  return { ...common, strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable, maxSurge } } };
}
