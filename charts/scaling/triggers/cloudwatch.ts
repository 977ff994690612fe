import type { Region } from '../../../eks/values';
import { describe } from '../../../kube/describe';
import type { KeyTable } from '../../../kube/values';
import { Check } from '../../core/check';
import type { Duration } from '../../core/values';
import type { Permissions } from './permissions';
import {
  activationOf,
  amount,
  optionalAmount,
  SOURCE,
  type SourceTriggerProps,
  sourceTrigger,
  type TriggerModel,
} from './trigger';

/** A metric of Amazon CloudWatch, by its name and dimensions, or by an expression. */
export interface CloudWatchTriggerProps extends SourceTriggerProps {
  /** Namespace of the metric: 'AWS/ApplicationELB'. Required without `expression`. */
  readonly namespace?: string;
  /** Name of the metric. Required without `expression`. */
  readonly metricName?: string;
  /** Values by name: { LoadBalancer: 'app/shop/0123456789abcdef' }. Required without `expression`. */
  readonly dimensions?: Readonly<Record<string, string>>;
  /** A query of CloudWatch Metrics Insights or a metric math expression. Not with the three above. @default - none */
  readonly expression?: string;
  /** Value for each replica. */
  readonly targetMetricValue: number;
  /** Value above which the first replica starts, with `min: 0`. @default 0 */
  readonly activationTargetMetricValue?: number;
  /** Value where CloudWatch has none. */
  readonly minMetricValue: number;
  /** 'Sum', 'Maximum', 'p90'. @default - KEDA's: 'Average' */
  readonly metricStat?: string;
  /** Length of a data point: 1 s, 5 s, 10 s, 30 s, or a multiple of a minute. @default - KEDA's: 5 minutes */
  readonly metricStatPeriod?: Duration;
  /** How far back KEDA looks, a multiple of `metricStatPeriod`. @default - KEDA's: 5 minutes */
  readonly metricCollectionTime?: Duration;
  /** How far the last data point lies back, for metrics that arrive late. @default 0 */
  readonly metricEndTimeOffset?: Duration;
  /** 'Count', 'Seconds'. @default - any */
  readonly metricUnit?: string;
  /** Whether no data counts as `minMetricValue`. Otherwise it is an error, and `fallback` holds. @default true */
  readonly ignoreNullValues?: boolean;
  /** Region of the metric. @default - the region of the cluster */
  readonly awsRegion?: Region;
}

const PROPS: KeyTable<CloudWatchTriggerProps> = {
  ...SOURCE,
  namespace: 'text',
  metricName: 'text',
  dimensions: 'map',
  expression: 'text',
  targetMetricValue: true,
  activationTargetMetricValue: true,
  minMetricValue: true,
  metricStat: 'text',
  metricStatPeriod: true,
  metricCollectionTime: true,
  metricEndTimeOffset: true,
  metricUnit: 'text',
  ignoreNullValues: 'boolean',
  awsRegion: 'text',
};
// CloudWatch has no permission for a single metric
const PERMISSIONS: Permissions = {
  managedPolicies: [],
  statements: [{ actions: ['cloudwatch:GetMetricData'], resources: ['*'] }],
};
const FIVE_MINUTES = 300;

export function cloudWatchTrigger(props: CloudWatchTriggerProps): TriggerModel {
  const check = new Check('ScaleTrigger.cloudwatch');
  check.keys<CloudWatchTriggerProps>('props', props ?? null, PROPS);
  const { awsRegion, metricStat, metricUnit, ignoreNullValues } = props;
  const metric = metricOf(check, props);
  const times = timesOf(check, props);
  const targetMetricValue = amount(check, 'targetMetricValue', props.targetMetricValue, 100);
  const minMetricValue = amount(check, 'minMetricValue', props.minMetricValue, 0);
  const field = 'activationTargetMetricValue';
  const activationTargetMetricValue = optionalAmount(check, field, props.activationTargetMetricValue, 5);
  for (const [name, value] of Object.entries({ metricStat, metricUnit, awsRegion })) {
    if (value !== undefined) {
      check.text(name, value);
    }
  }
  check.typed('ignoreNullValues', ignoreNullValues, 'boolean');
  const model = sourceTrigger(
    check,
    props,
    { parameters: ['awsAccessKeyID', 'awsSecretAccessKey', 'awsSessionToken'], asks: () => PERMISSIONS },
    {
      type: 'aws-cloudwatch',
      metadata: (region) => ({
        ...metric,
        targetMetricValue,
        activationTargetMetricValue,
        minMetricValue,
        metricStat,
        ...times,
        metricUnit,
        ignoreNullValues,
        awsRegion: awsRegion ?? region,
      }),
      activation: activationOf(field, activationTargetMetricValue),
    },
  );
  return { ...model, needsRegion: awsRegion === undefined };
}

function metricOf(check: Check, { namespace, metricName, dimensions, expression }: CloudWatchTriggerProps) {
  if (expression !== undefined) {
    const beside = Object.entries({ namespace, metricName, dimensions }).find(([, value]) => value !== undefined);
    if (beside) {
      check.fail(
        'forbidden',
        beside[0],
        `${beside[0]} must not be set with expression, which names the metric`,
        'leave one of them out',
      );
    }
    return { expression: check.text('expression', expression) };
  }
  const entries = Object.entries(dimensions ?? {});
  if (typeof dimensions !== 'object' || dimensions === null || entries.length === 0) {
    check.fail(
      dimensions === undefined ? 'required' : 'type',
      'dimensions',
      `dimensions must be an object with at least one entry, but is ${describe(dimensions)}`,
      "write { QueueName: 'mail' }, or an expression",
    );
  }
  for (const [name, value] of entries) {
    if (check.text(`dimensions.${name}`, value).includes(';')) {
      check.fail(
        'invalid',
        `dimensions.${name}`,
        `dimensions.${name} must not have ';', which separates dimensions`,
        'write an expression',
      );
    }
  }
  return {
    namespace: check.text('namespace', namespace),
    metricName: check.text('metricName', metricName),
    dimensionName: entries.map(([name]) => name).join(';'),
    dimensionValue: entries.map(([, value]) => value).join(';'),
  };
}

function timesOf(check: Check, props: CloudWatchTriggerProps) {
  const { metricStatPeriod: period, metricCollectionTime: collection, metricEndTimeOffset: offset } = props;
  const seconds = (field: string, value: Duration | undefined, least: number) =>
    value === undefined ? undefined : check.seconds(field, value, least);
  const metricStatPeriod = seconds('metricStatPeriod', period, 1);
  if (metricStatPeriod !== undefined && ![1, 5, 10, 30].includes(metricStatPeriod) && metricStatPeriod % 60 !== 0) {
    check.fail(
      'invalid',
      'metricStatPeriod',
      `metricStatPeriod must be 1, 5, 10 or 30 s, or a multiple of 60 s, but is ${metricStatPeriod} s`,
      "write for example '1m'",
    );
  }
  const metricCollectionTime = seconds('metricCollectionTime', collection, 1);
  const length = metricStatPeriod ?? FIVE_MINUTES;
  if ((metricCollectionTime ?? FIVE_MINUTES) % length !== 0) {
    check.fail(
      'invalid',
      'metricCollectionTime',
      `metricCollectionTime must be a multiple of metricStatPeriod (${length} s), but is ${metricCollectionTime ?? FIVE_MINUTES} s`,
      `write metricCollectionTime: ${length}`,
    );
  }
  return { metricStatPeriod, metricCollectionTime, metricEndTimeOffset: seconds('metricEndTimeOffset', offset, 0) };
}
