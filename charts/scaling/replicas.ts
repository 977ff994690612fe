import { describe } from '../../kube/describe';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import { ScaleTrigger } from './scale-trigger';

/** Bounds and signals of an autoscaler. */
export interface Scale {
  /** 1 or more; 0 with triggers only. */
  readonly min: number;
  /** At least min. */
  readonly max: number;
  /** Percent of the request, above 0. @default 70 when nothing else is given */
  readonly cpuUtilization?: number;
  /** Percent of the request, above 0. @default - not used */
  readonly memoryUtilization?: number;
  /** Events (KEDA, which has to be installed). @default - none */
  readonly triggers?: readonly ScaleTrigger[];
}
/** A fixed number, or the bounds and signals of an autoscaler. */
export type Replicas = number | Scale;

/** Replicas, judged. */
export interface ReplicasModel {
  readonly min: number;
  readonly max: number;
  /** undefined: a fixed number. */
  readonly scale: ScaleModel | undefined;
}
export interface ScaleModel {
  readonly cpuUtilization: number | undefined;
  readonly memoryUtilization: number | undefined;
  readonly triggers: readonly ScaleTrigger[];
}

const SCALE: KeyTable<Scale> = { min: true, max: true, cpuUtilization: true, memoryUtilization: true, triggers: true };
const DEFAULT_REPLICAS = 2;
const DEFAULT_CPU = 70;

/** Replicas of what has no fixed members. */
export function resolveReplicas(check: Check, replicas: Replicas | undefined): ReplicasModel {
  if (replicas === undefined || typeof replicas === 'number') {
    return fixed(check, replicas);
  }
  check.keys<Scale>('replicas', replicas, SCALE);
  const { triggers = [], cpuUtilization, memoryUtilization } = replicas;
  for (const trigger of triggers) {
    if (!(trigger instanceof ScaleTrigger)) {
      check.fail(
        `replicas.triggers has ${describe(trigger)}`,
        'write ScaleTrigger.sqs({...}), ScaleTrigger.window({...}) or ScaleTrigger.keda(...)',
      );
    }
  }
  if (replicas.min === 0 && triggers.length === 0) {
    check.fail(
      'replicas.min is 0, from which no utilization leads back up',
      'write min: 1, or scale by triggers (ScaleTrigger.sqs(...))',
    );
  }
  const min = check.integer('replicas.min', replicas.min, 0);
  const max = check.integer('replicas.max', replicas.max, 1);
  if (min > max) {
    check.fail(`replicas.min (${min}) is above replicas.max (${max})`, `write max: ${min} or more`);
  }
  for (const [what, value] of Object.entries({ cpuUtilization, memoryUtilization })) {
    if (value !== undefined) {
      check.integer(`replicas.${what}, in percent of the request,`, value, 1, 1000);
    }
  }
  const nothingElse = memoryUtilization === undefined && triggers.length === 0;
  return {
    min,
    max,
    scale: { cpuUtilization: cpuUtilization ?? (nothingElse ? DEFAULT_CPU : undefined), memoryUtilization, triggers },
  };
}

/** Replicas of what knows its members by name. */
export function resolveFixedReplicas(check: Check, replicas: number | undefined): ReplicasModel {
  if (typeof replicas === 'object') {
    check.fail(
      'replicas is a scale, but members know each other by name, so their number is fixed',
      'write replicas: 3',
    );
  }
  return fixed(check, replicas);
}

function fixed(check: Check, replicas = DEFAULT_REPLICAS): ReplicasModel {
  const count = check.integer('replicas', replicas, 1);
  return { min: count, max: count, scale: undefined };
}
