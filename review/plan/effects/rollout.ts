import { asList, asObject } from '../../../kube/loose';
import type { Manifest } from '../../../kube/objects';
import type { PodsChange } from '../model';
import { isServed } from '../verdict/served';

/** How a controller replaces pods, of which there are `count`. */
export interface Pace {
  readonly order: NonNullable<PodsChange['order']>;
  /** More than `count` at one time. */
  readonly surge: number;
  /** Fewer than `count` at one time. */
  readonly unavailable: number;
  /** How many of them are replaced: the others keep the old revision. */
  readonly replaced: number;
  /** Why the controller does not begin by itself; a sentence without its full stop. @default - it does */
  readonly waits?: string;
  /** Where it stops on the way. @default - it goes on to the end */
  readonly stops?: string;
}

/**
 * The pace of a rollout, as the controllers calculate it; undefined for kinds that replace no pods.
 *
 * @param count pods that there are to be; of a DaemonSet undefined where the nodes are not known
 */
export function paceOf(manifest: Manifest, count: number | undefined, version: string): Pace | undefined {
  const { kind, spec = {} } = manifest;
  switch (kind) {
    case 'Deployment':
      return ofDeployment(spec, count ?? 0);
    case 'Rollout':
      return ofRollout(spec, count ?? 0);
    case 'StatefulSet':
      return ofStatefulSet(spec, count ?? 0, version);
    case 'DaemonSet':
      return ofDaemonSet(spec, count);
    default:
      return undefined;
  }
}

function ofDeployment({ strategy, paused }: Record<string, unknown>, count: number): Pace {
  const { type, rollingUpdate } = asObject(strategy);
  const waits = paused === true ? { waits: 'it is paused, and replaces nothing until it is resumed' } : {};
  if (type === 'Recreate') {
    return { order: 'all-at-once', surge: 0, unavailable: count, replaced: count, ...waits };
  }
  const { maxSurge = '25%', maxUnavailable = '25%' } = asObject(rollingUpdate);
  return { ...rolling(shareOf(maxSurge, count, 'up'), shareOf(maxUnavailable, count, 'down'), count), ...waits };
}

/** Surge is rounded up, and what may be missing down; where both come to nothing, one may be missing. */
function rolling(surge: number, unavailable: number, count: number): Pace {
  const missing = Math.min(surge === 0 && unavailable === 0 ? 1 : unavailable, count);
  return {
    order: surge > 0 ? 'surge' : missing >= count && count > 1 ? 'all-at-once' : 'one-by-one',
    surge,
    unavailable: missing,
    replaced: count,
  };
}

/** @see https://argo-rollouts.readthedocs.io/en/stable/features/specification/ */
function ofRollout({ strategy, paused }: Record<string, unknown>, count: number): Pace {
  const { blueGreen, canary } = asObject(strategy);
  const waits = paused === true ? { waits: 'it is paused, and replaces nothing until it is resumed' } : {};
  if (blueGreen !== undefined) {
    const isByHand = asObject(blueGreen).autoPromotionEnabled === false;
    const stops = isByHand ? { stops: 'the new ones get no traffic until the Rollout is promoted' } : {};
    return { order: 'surge', surge: count, unavailable: 0, replaced: count, ...waits, ...stops };
  }
  const { steps, maxSurge = '25%', maxUnavailable = '25%' } = asObject(canary);
  const step = asList(steps).findIndex(({ pause }) => pause !== undefined && asObject(pause).duration === undefined);
  const stops = step >= 0 ? { stops: `it stops at step ${step + 1} until it is promoted` } : {};
  const [surge, missing] = [shareOf(maxSurge, count, 'up'), shareOf(maxUnavailable, count, 'down')];
  return { ...rolling(surge, missing, count), ...waits, ...stops };
}

function ofStatefulSet({ updateStrategy }: Record<string, unknown>, count: number, version: string): Pace {
  const { type, rollingUpdate } = asObject(updateStrategy);
  if (type === 'OnDelete') {
    return ON_DELETE;
  }
  const { partition, maxUnavailable } = asObject(rollingUpdate);
  const kept = typeof partition === 'number' ? Math.max(partition, 0) : 0;
  const missing = isServed('RollingUpdateStatefulSetStrategy', 'maxUnavailable', version)
    ? shareOf(maxUnavailable ?? 1, count, 'down')
    : 1;
  return {
    order: 'highest-first',
    surge: 0,
    unavailable: Math.min(Math.max(missing, 1), count),
    replaced: Math.max(count - kept, 0),
  };
}

function ofDaemonSet({ updateStrategy }: Record<string, unknown>, count: number | undefined): Pace {
  const { type, rollingUpdate } = asObject(updateStrategy);
  // where nobody knows the nodes, a share is that of a hundred
  const nodes = count ?? 100;
  if (type === 'OnDelete') {
    return ON_DELETE;
  }
  const { maxSurge = 0, maxUnavailable = 1 } = asObject(rollingUpdate);
  const [surge, missing] = [shareOf(maxSurge, nodes, 'up'), shareOf(maxUnavailable, nodes, 'up')];
  return { ...rolling(surge, missing, nodes), surge };
}

const ON_DELETE: Pace = {
  order: 'on-delete',
  surge: 0,
  unavailable: 0,
  replaced: 0,
  waits: 'each is replaced only when somebody deletes it',
};

/** A number, or a percentage of a count; anything else, which the API server refuses, is none. */
function shareOf(value: unknown, of: number, round: 'up' | 'down'): number {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? Math.max(value, 0) : 0;
  }
  const percent = typeof value === 'string' ? Number(/^(\d+)%$/.exec(value)?.[1] ?? 0) : 0;
  const share = (percent * of) / 100;
  return round === 'up' ? Math.ceil(share) : Math.floor(share);
}
