import { describe } from '../../kube/describe';
import { isUtilization } from '../../kube/keda-triggers';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { ScaledObject } from '../core/k8s';
import type { Duration } from '../core/values';
import { ScaleTrigger } from './scale-trigger';

/** How many replicas there are while KEDA cannot read the triggers. */
export interface ScaleFallback {
  /** Failed readings after which it holds, 0 or more. */
  readonly failureThreshold: number;
  /** Replicas, 0 or more and at most `max`. */
  readonly replicas: number;
  /** 'static' sets `replicas`; the others keep the number that there is, always or where it is higher or lower. @default 'static' */
  readonly behavior?: 'static' | 'currentReplicas' | 'currentReplicasIfHigher' | 'currentReplicasIfLower';
}

/** What KEDA has beside triggers. Refused without `triggers`. */
export interface EventOptions {
  /** How often KEDA asks while there are no replicas, 1 s or more. Whole seconds. @default - KEDA's: 30 s */
  readonly pollingInterval?: Duration;
  /** How long no trigger is active before the last replica stops. Whole seconds. Needs `min: 0` or `idleReplicaCount`. @default - KEDA's: 5 min */
  readonly cooldownPeriod?: Duration;
  /** The same, after the ScaledObject is created. Whole seconds. Needs `min: 0` or `idleReplicaCount`. @default 0 */
  readonly initialCooldownPeriod?: Duration;
  /** Replicas while no trigger is active, fewer than `min`, which holds as soon as one is. KEDA supports 0 alone. @default - `min` */
  readonly idleReplicaCount?: 0;
  /**
   * Replicas while KEDA cannot read a trigger. Needs a trigger other than CPU and memory.
   *
   * @default - those that there are
   * @see https://keda.sh/docs/latest/reference/scaledobject-spec/#fallback
   */
  readonly fallback?: ScaleFallback;
  /**
   * Whether KEDA holds still: true keeps the replicas that there are, { replicas: 0 } sets a number, such as for maintenance.
   *
   * @default false
   * @see https://keda.sh/docs/latest/concepts/scaling-deployments/#pausing-autoscaling
   */
  readonly paused?: boolean | PausedAt;
}
/** A number of replicas while KEDA is paused. */
export interface PausedAt {
  /** 0 or more. */
  readonly replicas: number;
}

export const EVENT_OPTIONS: KeyTable<EventOptions> = {
  pollingInterval: true,
  cooldownPeriod: true,
  initialCooldownPeriod: true,
  idleReplicaCount: true,
  fallback: 'object',
  paused: true,
};
const FALLBACK: KeyTable<ScaleFallback> = { failureThreshold: true, replicas: true, behavior: true };
const BEHAVIORS = ['static', 'currentReplicas', 'currentReplicasIfHigher', 'currentReplicasIfLower'];

/** Fields of a ScaledObject, and its annotations. */
export interface EventModel {
  readonly spec: Partial<ScaledObject['spec']>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What triggers are checked against. */
export interface EventBounds extends EventOptions {
  readonly min: number;
  readonly max: number;
  readonly triggers?: readonly ScaleTrigger[];
  readonly cpuUtilization?: number;
  readonly memoryUtilization?: number;
}

/** Refuses what is no trigger. @param field the list */
export function checkTriggers(check: Check, field: string, triggers: unknown): readonly ScaleTrigger[] {
  if (!Array.isArray(triggers)) {
    check.fail('type', field, `${field} must be a list, but is ${describe(triggers)}`, 'write [ScaleTrigger.sqs(...)]');
  }
  for (const [i, trigger] of triggers.entries()) {
    if (!(trigger instanceof ScaleTrigger)) {
      check.fail(
        'type',
        `${field}[${i}]`,
        `${field}[${i}] must be a ScaleTrigger, but is ${describe(trigger)}`,
        'write ScaleTrigger.sqs({...}), ScaleTrigger.window({...}) or ScaleTrigger.keda(...)',
      );
    }
  }
  return triggers as readonly ScaleTrigger[];
}

const OPTIONS = Object.keys(EVENT_OPTIONS) as (keyof EventOptions)[];
const NO_EVENTS: EventModel = { spec: {}, annotations: {} };

export function resolveEvents(check: Check, scale: EventBounds): EventModel {
  const { triggers = [] } = scale;
  if (triggers.length === 0) {
    const given = OPTIONS.find((key) => scale[key] !== undefined);
    if (given !== undefined) {
      check.fail(
        'forbidden',
        `replicas.${given}`,
        `replicas.${given} must not be set without triggers, since only KEDA has it`,
        'add triggers, or leave it out',
      );
    }
    return NO_EVENTS;
  }
  checkResources(check, scale, triggers);
  checkZero(check, scale, triggers);
  return {
    spec: {
      pollingInterval: seconds(check, 'pollingInterval', scale.pollingInterval, 1),
      cooldownPeriod: seconds(check, 'cooldownPeriod', scale.cooldownPeriod, 0),
      initialCooldownPeriod: seconds(check, 'initialCooldownPeriod', scale.initialCooldownPeriod, 0),
      idleReplicaCount: scale.idleReplicaCount,
      fallback: resolveFallback(check, scale, triggers),
    },
    annotations: resolvePaused(check, scale),
  };
}

function seconds(check: Check, key: string, value: Duration | undefined, least: number): number | undefined {
  return value === undefined ? undefined : check.seconds(`replicas.${key}`, value, least);
}

/** CPU and memory once each, and not alone where there may be no pods. */
function checkResources(check: Check, scale: EventBounds, triggers: readonly ScaleTrigger[]): void {
  const { min, cpuUtilization, memoryUtilization } = scale;
  const seen = new Map<string, string>();
  for (const [field, value] of Object.entries({ cpuUtilization, memoryUtilization })) {
    if (value !== undefined) {
      seen.set(field === 'cpuUtilization' ? 'cpu/' : 'memory/', `replicas.${field}`);
    }
  }
  const types = triggers.map((trigger) => trigger.model.spec(undefined));
  for (const [i, { type, metadata }] of types.entries()) {
    const key = isUtilization(type) ? `${type}/${metadata.containerName ?? ''}` : `${i}`;
    const field = `replicas.triggers[${i}]`;
    const before = seen.get(key);
    if (before !== undefined) {
      check.fail('duplicate', field, `${field} measures ${type}, as ${before} does`, 'leave one of them out');
    }
    seen.set(key, field);
  }
  if (min === 0 && types.every(({ type }) => isUtilization(type))) {
    check.fail(
      'invalid',
      'replicas.min',
      'replicas.min must be at least 1 with CPU and memory triggers alone, but is 0: without pods there is nothing to measure',
      'write min: 1, or add another trigger',
    );
  }
}

/** What only matters where there may be no replicas. */
function checkZero(check: Check, scale: EventBounds, triggers: readonly ScaleTrigger[]): void {
  const { min, idleReplicaCount } = scale;
  if (idleReplicaCount !== undefined) {
    const field = 'replicas.idleReplicaCount';
    if (idleReplicaCount !== 0) {
      check.fail('invalid', field, `${field} must be 0, but is ${describe(idleReplicaCount)}`, 'write 0');
    }
    if (min === 0) {
      check.fail('forbidden', field, `${field} must be less than replicas.min, which is 0`, 'leave it out');
    }
    return;
  }
  if (min === 0) {
    return;
  }
  for (const key of ['cooldownPeriod', 'initialCooldownPeriod'] as const) {
    if (scale[key] !== undefined) {
      check.fail(
        'forbidden',
        `replicas.${key}`,
        `replicas.${key} must not be set with min: ${min}, since KEDA only waits before it stops the last replica`,
        'write min: 0, or behavior: { scaleDown: { stabilizationWindowSeconds: 600 } }',
      );
    }
  }
  for (const [i, { model }] of triggers.entries()) {
    if (model.activation !== undefined) {
      const field = `replicas.triggers[${i}].${model.activation}`;
      check.fail(
        'forbidden',
        field,
        `${field} must not be set with min: ${min}, since the trigger is always active then`,
        'write min: 0, or leave it out',
      );
    }
  }
}

function resolveFallback(check: Check, { fallback, max }: EventBounds, triggers: readonly ScaleTrigger[]) {
  if (fallback === undefined) {
    return undefined;
  }
  const field = 'replicas.fallback';
  check.keys<ScaleFallback>(field, fallback, FALLBACK);
  if (triggers.every(({ model }) => isUtilization(model.spec(undefined).type))) {
    check.fail(
      'forbidden',
      field,
      `${field} must not be set with CPU and memory triggers alone, which KEDA does not read itself`,
      'leave it out',
    );
  }
  if (fallback.behavior !== undefined) {
    check.oneOf(`${field}.behavior`, fallback.behavior, BEHAVIORS);
  }
  return {
    failureThreshold: check.integer(`${field}.failureThreshold`, fallback.failureThreshold, 0),
    replicas: check.integer(`${field}.replicas`, fallback.replicas, 0, max),
    ...(fallback.behavior === undefined ? {} : { behavior: fallback.behavior }),
  };
}

function resolvePaused(check: Check, { paused = false, max }: EventBounds): Record<string, string> {
  if (typeof paused === 'boolean') {
    return paused ? { 'autoscaling.keda.sh/paused': 'true' } : {};
  }
  check.keys<PausedAt>('replicas.paused', paused, { replicas: true });
  const replicas = check.integer('replicas.paused.replicas', paused.replicas, 0, max);
  return { 'autoscaling.keda.sh/paused-replicas': String(replicas) };
}
