import { describe } from '../../kube/describe';
import { indexPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { HPAScalingRules } from '../core/k8s';

/** How many pods may come or go within a period. */
export interface ScalingPolicy {
  /** 'Percent' of the pods there are, or a number of 'Pods'. */
  readonly type: 'Percent' | 'Pods';
  /** 1 or more. */
  readonly value: number;
  /** 1 to 1800 seconds. */
  readonly periodSeconds: number;
}
/** How fast the number of pods changes in one direction, as Kubernetes spells it. */
export interface ScalingRules {
  /** 0 to 3600 seconds, over which the most cautious recommendation counts. @default - 300 down; Kubernetes' 0 up */
  readonly stabilizationWindowSeconds?: number;
  /**
   * At least one. @default - down: half of the pods a minute; up: Kubernetes' own, which is the larger of 4 pods and 100 %
   * in 15 seconds
   */
  readonly policies?: readonly ScalingPolicy[];
  /** Of several policies the one with the largest or smallest change; 'Disabled' for no change in this direction. @default 'Max' */
  readonly selectPolicy?: 'Max' | 'Min' | 'Disabled';
}
/**
 * How fast an autoscaler follows its metrics. What is left out keeps its default.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#configurable-scaling-behavior
 */
export interface ScalingBehavior {
  /** Upwards. @default - as Kubernetes does */
  readonly scaleUp?: ScalingRules;
  /** Downwards. @default - after five minutes of lower demand, at most half of the pods a minute */
  readonly scaleDown?: ScalingRules;
}

/** The rules of both directions, as the autoscaler has them. */
export interface BehaviorModel {
  readonly scaleDown: HPAScalingRules;
  readonly scaleUp?: HPAScalingRules;
}

const BEHAVIOR: KeyTable<ScalingBehavior> = { scaleUp: 'object', scaleDown: 'object' };
const RULES: KeyTable<ScalingRules> = { stabilizationWindowSeconds: true, policies: 'list', selectPolicy: true };
const POLICY: KeyTable<ScalingPolicy> = { type: true, value: true, periodSeconds: true };
/** At most half of the pods per minute, after five minutes of lower demand. */
const SCALE_DOWN: HPAScalingRules = {
  policies: [{ periodSeconds: 60, type: 'Percent', value: 50 }],
  stabilizationWindowSeconds: 300,
};

const DEFAULT_BEHAVIOR: BehaviorModel = { scaleDown: SCALE_DOWN };

export function resolveBehavior(
  check: Check,
  behavior: ScalingBehavior | undefined,
  field = 'replicas.behavior',
): BehaviorModel {
  if (behavior === undefined) {
    return DEFAULT_BEHAVIOR;
  }
  check.keys<ScalingBehavior>(field, behavior, BEHAVIOR);
  const up = behavior.scaleUp && rulesOf(check, behavior.scaleUp, `${field}.scaleUp`);
  const down = behavior.scaleDown && rulesOf(check, behavior.scaleDown, `${field}.scaleDown`);
  return { scaleDown: { ...SCALE_DOWN, ...down }, ...(up ? { scaleUp: up } : {}) };
}

function rulesOf(check: Check, rules: ScalingRules, field: string): HPAScalingRules {
  check.keys<ScalingRules>(field, rules, RULES);
  const { stabilizationWindowSeconds, policies, selectPolicy } = rules;
  if (stabilizationWindowSeconds !== undefined) {
    check.integer(`${field}.stabilizationWindowSeconds`, stabilizationWindowSeconds, 0, 3600);
  }
  if (selectPolicy !== undefined) {
    check.oneOf(`${field}.selectPolicy`, selectPolicy, ['Max', 'Min', 'Disabled']);
  }
  if (policies !== undefined && (!Array.isArray(policies) || policies.length === 0)) {
    check.fail(
      Array.isArray(policies) ? 'invalid' : 'type',
      `${field}.policies`,
      `${field}.policies must be a list of at least one policy, but is ${describe(policies)}`,
      "write [{ type: 'Pods', value: 2, periodSeconds: 60 }], or selectPolicy: 'Disabled' for no change",
    );
  }
  for (const [i, policy] of (policies ?? []).entries()) {
    const at = indexPath(`${field}.policies`, i);
    check.keys<ScalingPolicy>(at, policy, POLICY);
    check.oneOf(`${at}.type`, policy?.type, ['Percent', 'Pods']);
    check.integer(`${at}.value`, policy.value, 1);
    check.integer(`${at}.periodSeconds`, policy.periodSeconds, 1, 1800);
  }
  return {
    ...(stabilizationWindowSeconds === undefined ? {} : { stabilizationWindowSeconds }),
    ...(policies === undefined ? {} : { policies: policies.map((policy) => ({ ...policy })) }),
    ...(selectPolicy === undefined ? {} : { selectPolicy }),
  };
}
