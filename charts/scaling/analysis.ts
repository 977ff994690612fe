import { regionOfPrometheus } from '../../eks/regions';
import type { Arn } from '../../eks/values';
import { describe } from '../../kube/describe';
import { isDnsLabel } from '../../kube/names';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { AnalysisTemplate, ObjectMeta } from '../core/k8s';
import type { Duration } from '../core/values';

/**
 * A question to Prometheus about a new version.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/analysis/prometheus/
 */
export interface PrometheusAnalysis {
  /** At most 20 lowercase letters, digits and '-': the end of the name of the AnalysisTemplate. */
  readonly name: string;
  /**
   * The URL of Prometheus, which the controller of Argo Rollouts calls: 'http://prometheus-operated.monitoring:9090'. For
   * Amazon Managed Service for Prometheus that of the workspace: requests are signed for its region, and the controller may
   * query it.
   */
  readonly address: string;
  /** The query, in PromQL. An empty result is an error, not a failure: write `or vector(1)` where nothing is good. */
  readonly query: string;
  /** Whether a measurement is good, on the result as a list: 'result[0] >= 0.95'. */
  readonly success: string;
  /** Time between two measurements: whole seconds, 1 s or more. @default 60 s */
  readonly interval?: Duration;
  /**
   * How often it is measured. Required in a step, which ends with the last measurement.
   *
   * @default - as long as the rollout takes
   */
  readonly count?: number;
  /** Measurements that may be bad before the new version is taken back: 0 or more. @default 0 */
  readonly failureLimit?: number;
  /** Measurements in a row that may fail to answer before it is taken back: 0 or more. @default 4 */
  readonly errorLimit?: number;
  /** Time before the first measurement: whole seconds. @default 0 s */
  readonly initialDelay?: Duration;
  /** The IAM role with which the controller queries a workspace of another account. @default - its own */
  readonly roleArn?: Arn;
}

const KEYS: KeyTable<PrometheusAnalysis> = {
  name: 'text',
  address: 'text',
  query: 'text',
  success: 'text',
  interval: true,
  count: true,
  failureLimit: true,
  errorLimit: true,
  initialDelay: true,
  roleArn: 'text',
};
const INTERVAL = 60;
const ERRORS = 4;
/** With the name of a workload, '-' and this it stays a DNS label. */
const MAX_NAME = 20;

/** What is asked about a new version while it is rolled out; an AnalysisTemplate of Argo Rollouts. */
export class Analysis {
  /** Asks Prometheus. */
  static prometheus(props: PrometheusAnalysis): Analysis {
    return new Analysis(props);
  }

  private constructor(
    /** @internal */
    readonly props: PrometheusAnalysis,
  ) {}
}

/** Checks one analysis of a prop. */
export function checkAnalysis(check: Check, field: string, analysis: unknown): Analysis {
  if (!(analysis instanceof Analysis)) {
    throw check.error(
      'type',
      field,
      `${field} must be an Analysis, but is ${describe(analysis)}`,
      'write Analysis.prometheus({ ... })',
    );
  }
  const { props } = analysis;
  check.keys<PrometheusAnalysis>(field, props, KEYS);
  const name = check.text(`${field}.name`, props.name);
  if (!isDnsLabel(name) || name.length > MAX_NAME) {
    check.fail(
      'invalid',
      `${field}.name`,
      `${field}.name must be at most ${MAX_NAME} lowercase letters, digits and '-', but is '${name}'`,
      "write for example 'success-rate'",
    );
  }
  checkAddress(check, field, props);
  check.text(`${field}.query`, props.query);
  checkCondition(check, `${field}.success`, check.text(`${field}.success`, props.success));
  check.seconds(`${field}.interval`, props.interval ?? INTERVAL, 1);
  check.seconds(`${field}.initialDelay`, props.initialDelay ?? 0);
  if (props.count !== undefined) {
    check.integer(`${field}.count`, props.count, 1);
  }
  check.integer(`${field}.failureLimit`, props.failureLimit ?? 0, 0);
  check.integer(`${field}.errorLimit`, props.errorLimit ?? ERRORS, 0);
  return analysis;
}

function checkAddress(check: Check, field: string, { address, roleArn }: PrometheusAnalysis): void {
  const text = check.text(`${field}.address`, address);
  if (!/^https?:\/\/[^\s/:]+(?::\d+)?(?:\/\S*)?$/.test(text)) {
    check.fail(
      'invalid',
      `${field}.address`,
      `${field}.address must be the URL of Prometheus, but is '${text}'`,
      "write for example 'http://prometheus-operated.monitoring:9090'",
    );
  }
  if (roleArn === undefined) {
    return;
  }
  if (regionOfPrometheus(text) === undefined) {
    check.fail(
      'forbidden',
      `${field}.roleArn`,
      `${field}.roleArn is for a workspace of Amazon Managed Service for Prometheus, but ${field}.address is '${text}'`,
      'remove it',
    );
  }
  if (typeof roleArn !== 'string' || !/^arn:[\w-]+:iam::\d{12}:role\/\S+$/.test(roleArn)) {
    check.fail(
      'invalid',
      `${field}.roleArn`,
      `${field}.roleArn must be the ARN of an IAM role, but is ${describe(roleArn)}`,
      "write 'arn:aws:iam::111122223333:role/NAME'",
    );
  }
}

/** The controller evaluates it per measurement; one that does not compare is never true. */
function checkCondition(check: Check, field: string, condition: string): void {
  if (!condition.includes('result')) {
    check.fail(
      'invalid',
      field,
      `${field} must be a condition on 'result', but is '${condition}'`,
      "write for example 'result[0] >= 0.95'",
    );
  }
}

/** The name of the AnalysisTemplate of a workload. */
export const templateName = (workload: string, analysis: Analysis): string => `${workload}-${analysis.props.name}`;

export function analysisTemplate(
  metadata: ObjectMeta & { name: string },
  analysis: Analysis,
  check: Check,
): AnalysisTemplate {
  const { props } = analysis;
  const { name, address, query, success, count, roleArn } = props;
  const region = regionOfPrometheus(address);
  const delay = check.seconds('initialDelay', props.initialDelay ?? 0);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata,
    spec: {
      metrics: [
        {
          name,
          provider: {
            prometheus: {
              address,
              query,
              ...(region === undefined
                ? {}
                : { authentication: { sigv4: { region, ...(roleArn === undefined ? {} : { roleArn }) } } }),
            },
          },
          successCondition: success,
          interval: `${check.seconds('interval', props.interval ?? INTERVAL)}s`,
          ...(delay > 0 ? { initialDelay: `${delay}s` } : {}),
          ...(count === undefined ? {} : { count }),
          failureLimit: props.failureLimit ?? 0,
          consecutiveErrorLimit: props.errorLimit ?? ERRORS,
        },
      ],
    },
  };
}
