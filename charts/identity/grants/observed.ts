import { Check } from '../../core/check';
import { AwsGrant, allow } from './grant';
import { AwsResource, type AwsResourceOptions } from './resource';

/** A log group of CloudWatch. Made by `Aws.logGroup`. */
export class AwsLogGroup extends AwsResource {
  /** @internal */
  constructor(group: string, options?: AwsResourceOptions) {
    const names = /^[A-Za-z0-9_./#-]{1,512}$/;
    super(
      { factory: 'Aws.logGroup', service: 'logs', prefix: 'log-group:', names, example: '/shop/orders' },
      group,
      options,
    );
  }

  /** To make streams in the group, which exists already, and to put events into them. */
  write(): AwsGrant {
    return this.grant((arn) => [
      allow(['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], [arn, `${arn}:*`]),
    ]);
  }

  /** @internal */
  protected override value(): string {
    return this.name;
  }
}

/** Metrics of CloudWatch in one namespace; the action works on no resource, so a condition limits it. */
export function metricsGrant(namespace: string): AwsGrant {
  const check = new Check('Aws.metrics');
  if (!/^[A-Za-z0-9._#:/-]{1,255}$/.test(check.text('namespace', namespace)) || /^AWS\//i.test(namespace)) {
    check.fail(
      'invalid',
      'namespace',
      `namespace must be a namespace of metrics that is not of AWS, but is '${namespace}'`,
      "write for example 'Shop/Orders'",
    );
  }
  const statement = allow(['cloudwatch:PutMetricData'], ['*'], { StringEquals: { 'cloudwatch:namespace': namespace } });
  return new AwsGrant('Aws.metrics', () => [statement], undefined);
}

/** Traces of X-Ray; the actions work on no resource. */
export function tracesGrant(): AwsGrant {
  const actions = [
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:PutTelemetryRecords',
    'xray:PutTraceSegments',
  ];
  return new AwsGrant('Aws.traces', () => [allow(actions, ['*'])], undefined);
}
