import { describe } from '../../kube/describe';
import { isUtilization } from '../../kube/keda-triggers';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { ScaledJobObject } from '../core/k8s';
import type { Duration } from '../core/values';
import { checkTriggers } from './event-options';
import type { ScaleTrigger } from './scale-trigger';

/**
 * How the number of new Jobs follows from the triggers and the Jobs that run.
 *
 * @see https://keda.sh/docs/latest/reference/scaledjob-spec/#scalingstrategy
 */
export interface JobScalingStrategy {
  /**
   * 'default' subtracts running Jobs from the value, for sources that count what is being worked on, as SQS does; 'accurate'
   * subtracts pending ones alone, for sources that do not; 'eager' fills up to `max` at once; 'custom' uses the two below.
   *
   * @default 'default'
   */
  readonly strategy?: 'default' | 'accurate' | 'eager' | 'custom';
  /** Amount that 'custom' subtracts from the value, 0 or more. @default 0 */
  readonly customScalingQueueLengthDeduction?: number;
  /** Share of the running Jobs that 'custom' subtracts, from 0 to 1. @default 0 */
  readonly customScalingRunningJobPercentage?: number;
  /** Conditions of a pod without which its Job counts as pending: ['Ready', 'PodScheduled']. @default - until the pod runs */
  readonly pendingPodConditions?: readonly string[];
  /** How the values of several triggers are made one. @default 'max' */
  readonly multipleScalersCalculation?: 'max' | 'min' | 'avg' | 'sum';
}

/** How many Jobs a ScaledJob runs. */
export interface JobScaling {
  /** The events that start Jobs; at least one. Triggers by CPU and memory are refused: they measure pods that run. */
  readonly triggers: readonly ScaleTrigger[];
  /** Jobs at one time, at most: 1 or more. The quota of the tenant counts them. */
  readonly max: number;
  /** Jobs at one time, at least, whether there are events or not: 0 or more, at most `max`. @default 0 */
  readonly min?: number;
  /** How often KEDA asks, 1 s or more. Whole seconds. @default - KEDA's: 30 s */
  readonly pollingInterval?: Duration;
  /** How many Jobs are started. @default - KEDA's: { strategy: 'default' } */
  readonly scalingStrategy?: JobScalingStrategy;
  /**
   * What a change of the ScaledJob does to Jobs that run: 'gradual' lets them end, 'immediate' deletes them.
   *
   * @default 'gradual' - a deleted Job loses its work; KEDA's own default is 'immediate'
   */
  readonly rolloutStrategy?: 'gradual' | 'immediate';
  /** Whether KEDA starts no Jobs; those that run go on. @default false */
  readonly paused?: boolean;
}

export const JOB_SCALING: KeyTable<JobScaling> = {
  triggers: 'list',
  max: true,
  min: true,
  pollingInterval: true,
  scalingStrategy: 'object',
  rolloutStrategy: true,
  paused: 'boolean',
};
const STRATEGY: KeyTable<JobScalingStrategy> = {
  strategy: true,
  customScalingQueueLengthDeduction: true,
  customScalingRunningJobPercentage: true,
  pendingPodConditions: 'texts',
  multipleScalersCalculation: true,
};

/** Fields of a ScaledJob, and its annotations. */
export interface JobScalingModel {
  readonly max: number;
  readonly triggers: readonly ScaleTrigger[];
  readonly spec: Omit<ScaledJobObject['spec'], 'jobTargetRef' | 'triggers'>;
  readonly annotations: Readonly<Record<string, string>>;
}

export function resolveJobScaling(check: Check, props: JobScaling): JobScalingModel {
  const { rolloutStrategy = 'gradual', pollingInterval, paused } = props;
  const max = check.integer('max', props.max, 1);
  const min = props.min === undefined ? undefined : check.integer('min', props.min, 0, max);
  const triggers = jobTriggers(check, props.triggers, max);
  check.oneOf('rolloutStrategy', rolloutStrategy, ['gradual', 'immediate']);
  check.typed('paused', paused, 'boolean');
  return {
    max,
    triggers,
    spec: {
      maxReplicaCount: max,
      minReplicaCount: min,
      pollingInterval: pollingInterval === undefined ? undefined : check.seconds('pollingInterval', pollingInterval, 1),
      rollout: { strategy: rolloutStrategy },
      scalingStrategy: props.scalingStrategy && resolveStrategy(check, props.scalingStrategy),
    },
    annotations: paused ? { 'autoscaling.keda.sh/paused': 'true' } : {},
  };
}

function jobTriggers(check: Check, given: unknown, max: number): readonly ScaleTrigger[] {
  if (given === undefined || (Array.isArray(given) && given.length === 0)) {
    check.fail(
      given === undefined ? 'required' : 'invalid',
      'triggers',
      'triggers must have at least one entry: the events that start Jobs',
      'write triggers: [ScaleTrigger.sqs({ queueUrl, messagesPerReplica: 1 })]',
    );
  }
  const triggers = checkTriggers(check, 'triggers', given);
  for (const [i, { model }] of triggers.entries()) {
    const { type, metadata } = model.spec(undefined);
    if (isUtilization(type)) {
      check.fail(
        'unsupported',
        `triggers[${i}]`,
        `triggers[${i}] must not measure ${type}, which says nothing about events`,
        'write the source of the events, such as ScaleTrigger.sqs(...)',
      );
    }
    if (Number(metadata.desiredReplicas) > max) {
      check.fail(
        'invalid',
        `triggers[${i}]`,
        `replicas of the window must be at most max (${max}), but is ${metadata.desiredReplicas}`,
        `write max: ${metadata.desiredReplicas} or more`,
      );
    }
  }
  return triggers;
}

function resolveStrategy(check: Check, given: JobScalingStrategy): ScaledJobObject['spec']['scalingStrategy'] {
  const field = 'scalingStrategy';
  check.keys<JobScalingStrategy>(field, given, STRATEGY);
  const { strategy = 'default', multipleScalersCalculation, pendingPodConditions } = given;
  const { customScalingQueueLengthDeduction: deduction, customScalingRunningJobPercentage: percentage } = given;
  check.oneOf(`${field}.strategy`, strategy, ['default', 'accurate', 'eager', 'custom']);
  const own = { customScalingQueueLengthDeduction: deduction, customScalingRunningJobPercentage: percentage };
  for (const [key, value] of Object.entries(own)) {
    if (value !== undefined && strategy !== 'custom') {
      check.fail(
        'forbidden',
        `${field}.${key}`,
        `${field}.${key} must not be set with the strategy '${strategy}'`,
        "write strategy: 'custom', or leave it out",
      );
    }
  }
  if (deduction !== undefined) {
    check.integer(`${field}.customScalingQueueLengthDeduction`, deduction, 0);
  }
  if (percentage !== undefined && !(typeof percentage === 'number' && percentage >= 0 && percentage <= 1)) {
    const at = `${field}.customScalingRunningJobPercentage`;
    check.fail('invalid', at, `${at} must be from 0 to 1, but is ${describe(percentage)}`, 'write for example 0.5');
  }
  if (multipleScalersCalculation !== undefined) {
    check.oneOf(`${field}.multipleScalersCalculation`, multipleScalersCalculation, ['max', 'min', 'avg', 'sum']);
  }
  if (pendingPodConditions !== undefined && !Array.isArray(pendingPodConditions)) {
    const at = `${field}.pendingPodConditions`;
    check.fail('type', at, `${at} must be a list, but is ${describe(pendingPodConditions)}`, "write ['Ready']");
  }
  return {
    strategy,
    customScalingQueueLengthDeduction: deduction,
    customScalingRunningJobPercentage: percentage === undefined ? undefined : String(percentage),
    pendingPodConditions: pendingPodConditions?.map((condition: unknown, i: number) =>
      check.text(`${field}.pendingPodConditions[${i}]`, condition),
    ),
    multipleScalersCalculation,
  };
}
