import { describe } from '../../kube/describe';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import { type BehaviorModel, resolveBehavior, type ScalingBehavior } from './behavior';
import { checkTriggers, EVENT_OPTIONS, type EventModel, type EventOptions, resolveEvents } from './event-options';
import { ScaleMetric } from './scale-metric';
import type { ScaleTrigger } from './scale-trigger';

/**
 * Bounds and metrics of an autoscaler. Renders a HorizontalPodAutoscaler, or a ScaledObject when there are triggers.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export interface Scale extends EventOptions {
  /** Minimum number of replicas: 1 or more, or 0 with triggers. */
  readonly min: number;
  /** Maximum number of replicas, at least `min`. */
  readonly max: number;
  /** Target CPU utilization in percent of the request, 1 to 1000. @default - 70 without another metric or trigger */
  readonly cpuUtilization?: number;
  /** Target memory utilization in percent of the request, 1 to 1000. @default - not used */
  readonly memoryUtilization?: number;
  /** Events that scale the workload. Requires KEDA in the cluster. @default - none */
  readonly triggers?: readonly ScaleTrigger[];
  /**
   * More metrics of the HorizontalPodAutoscaler. Not with `triggers`, since KEDA writes an autoscaler of its own; each
   * metric once.
   *
   * @default - none
   */
  readonly metrics?: readonly ScaleMetric[];
  /** How fast the number changes. @default - see ScalingBehavior */
  readonly behavior?: ScalingBehavior;
}
/**
 * A fixed number of replicas, or the bounds and metrics of an autoscaler. 0 parks the workload: no pods, budget or
 * autoscaler, while its Service and all other objects stay.
 */
export type Replicas = number | Scale;

/** Validated replicas. */
export interface ReplicasModel {
  readonly min: number;
  readonly max: number;
  /** undefined for a fixed number. */
  readonly scale: ScaleModel | undefined;
}
export interface ScaleModel {
  readonly cpuUtilization: number | undefined;
  readonly memoryUtilization: number | undefined;
  readonly triggers: readonly ScaleTrigger[];
  readonly metrics: readonly ScaleMetric[];
  readonly behavior: BehaviorModel;
  readonly events: EventModel;
}

const SCALE: KeyTable<Scale> = {
  ...EVENT_OPTIONS,
  min: true,
  max: true,
  cpuUtilization: true,
  memoryUtilization: true,
  triggers: 'list',
  metrics: 'list',
  behavior: 'object',
};
const DEFAULT_REPLICAS = 2;
const DEFAULT_CPU = 70;
const NONE: readonly never[] = [];

/** Replicas of a Deployment. */
export function resolveReplicas(check: Check, replicas: Replicas | undefined): ReplicasModel {
  if (replicas === undefined || typeof replicas === 'number') {
    return fixed(check, replicas, 0);
  }
  if (typeof replicas !== 'object' || replicas === null) {
    check.fail(
      'type',
      'replicas',
      `replicas must be an integer or { min, max }, but is ${describe(replicas)}`,
      'write replicas: 3, or replicas: { min: 2, max: 10 }',
    );
  }
  check.keys<Scale>('replicas', replicas, SCALE);
  const { triggers = NONE, cpuUtilization, memoryUtilization } = replicas;
  checkTriggers(check, 'replicas.triggers', triggers);
  if (replicas.min === 0 && triggers.length === 0) {
    check.fail(
      'invalid',
      'replicas.min',
      'replicas.min must be at least 1 without triggers, but is 0: without pods there is no utilization to scale by',
      'write min: 1, or add triggers such as ScaleTrigger.sqs(...)',
    );
  }
  const min = check.integer('replicas.min', replicas.min, 0);
  const max = check.integer('replicas.max', replicas.max, 1);
  if (min > max) {
    check.fail(
      'invalid',
      'replicas.max',
      `replicas.max must be at least replicas.min (${min}), but is ${max}`,
      `write max: ${min} or more`,
    );
  }
  for (const [i, trigger] of triggers.entries()) {
    const wanted = Number(trigger.model.spec(undefined).metadata.desiredReplicas);
    if (wanted > max) {
      check.fail(
        'invalid',
        `replicas.triggers[${i}]`,
        `replicas of the window must be at most replicas.max (${max}), but is ${wanted}`,
        `write max: ${wanted} or more`,
      );
    }
  }
  if (cpuUtilization !== undefined) {
    check.integer('replicas.cpuUtilization', cpuUtilization, 1, 1000);
  }
  if (memoryUtilization !== undefined) {
    check.integer('replicas.memoryUtilization', memoryUtilization, 1, 1000);
  }
  const metrics = resolveMetrics(check, replicas);
  const behavior = resolveBehavior(check, replicas.behavior);
  const events = resolveEvents(check, replicas);
  const nothingElse = memoryUtilization === undefined && triggers.length === 0 && metrics.length === 0;
  return {
    min,
    max,
    scale: {
      cpuUtilization: cpuUtilization ?? (nothingElse ? DEFAULT_CPU : undefined),
      memoryUtilization,
      triggers,
      metrics,
      behavior,
      events,
    },
  };
}

function resolveMetrics(check: Check, scale: Scale): readonly ScaleMetric[] {
  const { metrics, triggers = NONE, cpuUtilization, memoryUtilization } = scale;
  if (metrics === undefined) {
    return NONE;
  }
  const field = 'replicas.metrics';
  if (!Array.isArray(metrics)) {
    check.fail('type', field, `${field} must be a list, but is ${describe(metrics)}`, 'write [ScaleMetric.pods(...)]');
  }
  const seen = new Map<string, string>();
  if (cpuUtilization !== undefined) {
    seen.set('the cpu of the pods', 'replicas.cpuUtilization');
  }
  if (memoryUtilization !== undefined) {
    seen.set('the memory of the pods', 'replicas.memoryUtilization');
  }
  for (const [i, metric] of metrics.entries()) {
    const at = `${field}[${i}]`;
    if (!(metric instanceof ScaleMetric)) {
      check.fail(
        'type',
        at,
        `${at} must be a ScaleMetric, but is ${describe(metric)}`,
        'write ScaleMetric.resource(...), .container(...), .pods(...), .object(...) or .external(...)',
      );
    }
    const key = metric.key;
    const before = seen.get(key);
    if (before !== undefined) {
      check.fail('duplicate', at, `${at} measures ${metric.title}, as ${before} does`, 'leave one of them out');
    }
    seen.set(key, at);
  }
  if (metrics.length > 0 && triggers.length > 0) {
    check.fail(
      'forbidden',
      field,
      `${field} must not be set with replicas.triggers: KEDA writes the autoscaler, from the triggers alone`,
      "write the metric as a trigger, such as ScaleTrigger.keda('prometheus', { ... }), or leave the triggers out",
    );
  }
  return metrics;
}

/** Replicas of a StatefulSet, whose members know each other by name. */
export function resolveFixedReplicas(check: Check, replicas: number | undefined): ReplicasModel {
  if (typeof replicas === 'object') {
    check.fail(
      'type',
      'replicas',
      `replicas must be an integer, but is ${describe(replicas)}: the members of a StatefulService know each other by name`,
      'write replicas: 3',
    );
  }
  return fixed(check, replicas, 1);
}

function fixed(check: Check, replicas = DEFAULT_REPLICAS, least: 0 | 1): ReplicasModel {
  const count = check.integer('replicas', replicas, least);
  return { min: count, max: count, scale: undefined };
}
