import { describe } from '../../kube/describe';
import { indexPath, listed } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { CanaryStepSpec, DeploymentSpec, Rollout as RolloutObject } from '../core/k8s';
import type { Duration } from '../core/values';
import { type Analysis, checkAnalysis, templateName } from './analysis';
import { type RolloutTimes, resolveSurge, resolveTimes } from './rollout-times';

/** A step of a canary, with one of these keys. */
export type CanaryStep =
  /** Percent of the pods that run the new version: 0 to 100, rounded up to whole pods. */
  | { readonly setWeight: number; readonly pause?: never; readonly analysis?: never }
  /** Waits: whole seconds, or 'until-promoted' by `kubectl argo rollouts promote`. */
  | { readonly pause: Duration | 'until-promoted'; readonly setWeight?: never; readonly analysis?: never }
  /** Goes on when the analysis has succeeded, and back when it has failed. It needs a `count`. */
  | { readonly analysis: Analysis; readonly setWeight?: never; readonly pause?: never };

/**
 * How Argo Rollouts replaces the pods of the old version. The pods of both versions are behind the same Service, so a weight
 * is a share of the pods.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/canary/
 */
export interface CanaryProps extends RolloutTimes {
  /** What is done in order: { setWeight: 20 }, { pause: '10m' }, { analysis }. With the last one the rollout is complete. */
  readonly steps: readonly CanaryStep[];
  /** Asked all the time, from the first step after the new version has pods; one that fails takes it back. @default - none */
  readonly analysis?: Analysis | readonly Analysis[];
  /** Pods above the number of replicas: a number or percentage. @default '25%' */
  readonly maxSurge?: number | string;
  /** Pods that may be missing: a number or percentage. @default 0 */
  readonly maxUnavailable?: number | string;
}

const CANARY: KeyTable<CanaryProps> = {
  steps: 'list',
  analysis: true,
  maxSurge: true,
  maxUnavailable: true,
  deadline: true,
  minReady: true,
  revisionHistory: true,
  paused: 'boolean',
};
const STEP: KeyTable<{ setWeight: number; pause: unknown; analysis: unknown }> = {
  setWeight: true,
  pause: true,
  analysis: true,
};

/**
 * A rollout that Argo Rollouts carries out: a Rollout runs the pods in place of the Deployment. The cluster needs its
 * controller.
 *
 * @example
 * const successRate = Analysis.prometheus({
 *   name: 'success-rate',
 *   address: 'http://prometheus-operated.monitoring:9090',
 *   query: 'sum(rate(http_requests_total{app="web",code!~"5.."}[2m])) / sum(rate(http_requests_total{app="web"}[2m]))',
 *   success: 'result[0] >= 0.95',
 * });
 * new WebService(tenant, 'web', {
 *   ...props,
 *   rollout: ArgoRollout.canary({ steps: [{ setWeight: 20 }, { pause: '10m' }], analysis: successRate }),
 * });
 * @see https://argo-rollouts.readthedocs.io/
 */
export class ArgoRollout {
  /** Replaces a share of the pods, step by step. */
  static canary(props: CanaryProps): ArgoRollout {
    return new ArgoRollout(props);
  }

  private constructor(
    /** @internal */
    readonly props: CanaryProps,
  ) {}
}

/** A validated rollout of Argo Rollouts. */
export interface ArgoModel {
  readonly times: Partial<DeploymentSpec>;
  /** Each of its analyses once. */
  readonly analyses: readonly Analysis[];
  /** For the workload of a name. */
  readonly strategy: (workload: string) => RolloutObject['spec']['strategy'];
}

export function resolveArgo(check: Check, rollout: ArgoRollout, field: string): ArgoModel {
  const { props } = rollout;
  check.keys<CanaryProps>(field, props, CANARY);
  const { steps, analysis } = props;
  const times = resolveTimes(check, props, field);
  const surge = resolveSurge(check, props, field);
  if (!Array.isArray(steps) || steps.length === 0) {
    check.fail(
      steps === undefined ? 'required' : Array.isArray(steps) ? 'invalid' : 'type',
      `${field}.steps`,
      `${field}.steps must be a list of one or more steps, but is ${describe(steps)}`,
      "write for example [{ setWeight: 20 }, { pause: '10m' }]",
    );
  }
  const inSteps = (steps as readonly CanaryStep[]).flatMap((step, i) =>
    checkStep(check, indexPath(`${field}.steps`, i), step),
  );
  const always = analysis === undefined ? [] : Array.isArray(analysis) ? (analysis as Analysis[]) : [analysis];
  for (const [i, one] of always.entries()) {
    checkAnalysis(check, Array.isArray(analysis) ? indexPath(`${field}.analysis`, i) : `${field}.analysis`, one);
  }
  const analyses = [...new Set([...(always as Analysis[]), ...inSteps])];
  checkNames(check, field, analyses);
  return {
    times,
    analyses,
    strategy: (workload) => {
      const asked = (all: readonly Analysis[]) => ({
        templates: all.map((one) => ({ templateName: templateName(workload, one) })),
      });
      return {
        canary: {
          ...surge,
          ...(always.length > 0 ? { analysis: { ...asked(always as Analysis[]), ...startOf(steps) } } : {}),
          steps: steps.map((step): CanaryStepSpec => {
            if (step.analysis) {
              return { analysis: asked([step.analysis]) };
            }
            return step.pause === undefined
              ? { setWeight: step.setWeight }
              : { pause: step.pause === 'until-promoted' ? {} : { duration: check.seconds('pause', step.pause) } };
          }),
        },
      };
    },
  };
}

/** Before the first weight the new version has no pods to ask about. */
const startOf = ([first, ...rest]: readonly CanaryStep[]) =>
  first?.setWeight !== undefined && rest.length > 0 ? { startingStep: 1 } : {};

/** The analysis of a step. */
function checkStep(check: Check, field: string, step: CanaryStep): Analysis[] {
  check.keys(field, step ?? null, STEP);
  const keys = Object.keys(STEP).filter((key) => step[key as keyof CanaryStep] !== undefined);
  if (keys.length !== 1) {
    check.fail(
      keys.length === 0 ? 'required' : 'forbidden',
      field,
      `${field} must have one of ${listed(Object.keys(STEP))}, but has ${keys.length === 0 ? 'none' : listed(keys)}`,
      'write one step for each',
    );
  }
  if (step.setWeight !== undefined) {
    check.integer(`${field}.setWeight`, step.setWeight, 0, 100);
  }
  if (step.pause !== undefined && step.pause !== 'until-promoted') {
    check.seconds(`${field}.pause`, step.pause, 1);
  }
  if (step.analysis === undefined) {
    return [];
  }
  const analysis = checkAnalysis(check, `${field}.analysis`, step.analysis);
  if (analysis.props.count === undefined) {
    check.fail(
      'required',
      `${field}.analysis`,
      `${field}.analysis must have a count: the step ends with its last measurement`,
      'write count: 5 in the Analysis, or take it out of the steps into analysis, which is asked all the time',
    );
  }
  return [analysis];
}

/** Two analyses of one name would be one object. */
function checkNames(check: Check, field: string, analyses: readonly Analysis[]): void {
  const seen = new Set<string>();
  for (const { props } of analyses) {
    if (seen.has(props.name)) {
      check.fail(
        'duplicate',
        `${field}.analysis`,
        `${field} must not have two analyses of the name '${props.name}'`,
        'give one of them another name, or use one Analysis in both places',
      );
    }
    seen.add(props.name);
  }
}
