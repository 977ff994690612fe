import type { KeyTable } from '../../kube/values';
import { Check } from '../core/check';
import type { DeploymentSpec } from '../core/k8s';
import { ArgoRollout, resolveArgo } from './argo-rollout';
import { type RolloutTimes, resolveSurge, resolveTimes } from './rollout-times';

export { REVISIONS } from './rollout-times';

/**
 * How a Deployment replaces the pods of the old version. The quota of the tenant has room for the surge.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
 */
export interface Rollout extends RolloutTimes {
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
}

const ROLLOUT: KeyTable<Rollout> = {
  maxUnavailable: true,
  maxSurge: true,
  strategy: true,
  deadline: true,
  minReady: true,
  revisionHistory: true,
  paused: 'boolean',
};
/** The fields of a Deployment that control its rollout. */
export function resolveRollout(
  check: Check,
  rollout: Rollout | undefined,
  field = 'rollout',
): Readonly<Partial<DeploymentSpec>> {
  return rollout === undefined ? DEFAULT_ROLLOUT : resolved(check, rollout, field);
}

/** Of most Deployments. Nothing in it can be refused. */
const DEFAULT_ROLLOUT = resolved(new Check(''), {}, 'rollout');

function resolved(check: Check, rollout: Rollout, field: string): Readonly<Partial<DeploymentSpec>> {
  check.keys<Rollout>(field, rollout, ROLLOUT);
  return { ...resolveTimes(check, rollout, field), strategy: strategyOf(check, rollout, field) };
}

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
  return { rollingUpdate: resolveSurge(check, rollout, field), type: 'RollingUpdate' };
}

/** Checks a rollout of either kind. */
export function checkRollout(check: Check, rollout: Rollout | ArgoRollout | undefined, field: string): void {
  if (rollout instanceof ArgoRollout) {
    resolveArgo(check, rollout, field);
  } else {
    resolveRollout(check, rollout, field);
  }
}
