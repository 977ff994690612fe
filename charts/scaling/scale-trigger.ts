import type { Region } from '../../eks/values';
import { isUtilization, queueUrlProblem, windowProblems } from '../../kube/keda-triggers';
import type { KeyTable } from '../../kube/values';
import { Check } from '../core/check';

/** How the value of a trigger is divided over the pods. */
export type MetricType = 'AverageValue' | 'Utilization' | 'Value';
const METRIC_TYPES: readonly MetricType[] = ['AverageValue', 'Utilization', 'Value'];

/** A TriggerAuthentication, by its name. */
export interface AuthenticationRef {
  /** Its metadata.name. */
  readonly name: string;
  /** @default - a TriggerAuthentication of the same namespace */
  readonly kind?: 'TriggerAuthentication' | 'ClusterTriggerAuthentication';
}

/** What a trigger has beside its metadata. */
export interface TriggerOptions {
  /** How its value is divided over the pods; required for 'cpu' and 'memory'. @default - KEDA's: 'AverageValue' */
  readonly metricType?: MetricType;
  /** Where KEDA finds the credentials. @default - none, or those that the metadata names */
  readonly authenticationRef?: AuthenticationRef;
}

/** A KEDA trigger as data, in the form of a ScaledObject. */
export interface TriggerSpec {
  readonly type: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly metricType?: MetricType;
  readonly authenticationRef?: AuthenticationRef;
  /** The queue that the role of KEDA must be allowed to read. */
  readonly queueUrl?: string;
}

const OPTIONS: KeyTable<TriggerOptions> = { metricType: true, authenticationRef: true };
const REFERENCE: KeyTable<AuthenticationRef> = { name: true, kind: true };
const KINDS: readonly NonNullable<AuthenticationRef['kind']>[] = [
  'TriggerAuthentication',
  'ClusterTriggerAuthentication',
];

/** An SQS queue, and the messages per replica. */
export interface SqsTriggerProps {
  /** URL of the queue: 'https://sqs.REGION.amazonaws.com/ACCOUNT/NAME'. Without a region in it, the region of the cluster is used. */
  readonly queueUrl: string;
  /** Messages in the queue for each replica, 1 or more. */
  readonly messagesPerReplica: number;
}
/** A recurring time window, and the replicas in it. */
export interface WindowTriggerProps {
  /** Start of the window, a cron expression of five fields. */
  readonly start: string;
  /** End of the window, a cron expression of five fields. */
  readonly end: string;
  /** IANA time zone, such as 'Europe/Berlin'. */
  readonly timeZone: string;
  /** Replicas in the window, 1 or more. */
  readonly replicas: number;
}

/**
 * An event source that scales a workload. Requires KEDA in the cluster.
 *
 * @example
 * replicas: {
 *   min: 0,
 *   max: 20,
 *   triggers: [ScaleTrigger.sqs({ queueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/mail', messagesPerReplica: 5 })],
 * }
 * @see https://keda.sh/docs/latest/scalers/
 */
export class ScaleTrigger {
  /** Scales by the length of an SQS queue, which KEDA reads with its own role. */
  static sqs(props: SqsTriggerProps): ScaleTrigger {
    const check = new Check('ScaleTrigger.sqs');
    check.keys<SqsTriggerProps>('props', props, { queueUrl: true, messagesPerReplica: true });
    const queueUrl = check.text('queueUrl', props.queueUrl);
    const queueLength = String(check.integer('messagesPerReplica', props.messagesPerReplica, 1));
    const problem = queueUrlProblem(queueUrl);
    if (problem) {
      check.fail('invalid', 'queueUrl', `queueUrl ${problem.problem}`, problem.fix);
    }
    const region = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com/.exec(queueUrl)?.[1];
    return new ScaleTrigger((own) => ({
      type: 'aws-sqs-queue',
      metadata: {
        queueURL: queueUrl,
        queueLength,
        identityOwner: 'operator',
        ...((region ?? own) ? { awsRegion: (region ?? own) as string } : {}),
      },
      queueUrl,
    }));
  }
  /** Sets a number of replicas in a recurring time window. */
  static window(props: WindowTriggerProps): ScaleTrigger {
    const check = new Check('ScaleTrigger.window');
    check.keys<WindowTriggerProps>('props', props, { start: true, end: true, timeZone: true, replicas: true });
    const metadata = {
      start: check.text('start', props.start),
      end: check.text('end', props.end),
      timezone: check.text('timeZone', props.timeZone),
      desiredReplicas: String(check.integer('replicas', props.replicas, 1)),
    };
    const [problem] = windowProblems(metadata);
    if (problem) {
      const field = problem.key === 'timezone' ? 'timeZone' : problem.key;
      check.fail('invalid', field, `${field} ${problem.problem}`, problem.fix);
    }
    return new ScaleTrigger(() => ({ type: 'cron', metadata }));
  }
  /**
   * Any KEDA scaler by its type and metadata, which are not validated.
   *
   * @example
   * ScaleTrigger.keda('kafka', { topic: 'orders', lagThreshold: '50' }, { authenticationRef: { name: 'kafka' } })
   */
  static keda(type: string, metadata: Readonly<Record<string, string>>, options: TriggerOptions = {}): ScaleTrigger {
    const check = new Check('ScaleTrigger.keda');
    check.text('type', type);
    check.keys<TriggerOptions>('options', options, OPTIONS);
    const { metricType, authenticationRef } = options;
    if (metricType !== undefined) {
      check.oneOf('metricType', metricType, METRIC_TYPES);
    } else if (isUtilization(type)) {
      check.fail(
        'required',
        'metricType',
        `metricType is required for '${type}'`,
        "write { metricType: 'Utilization' }",
      );
    }
    if (authenticationRef !== undefined) {
      check.keys<AuthenticationRef>('authenticationRef', authenticationRef, REFERENCE);
      check.text('authenticationRef.name', authenticationRef.name);
      if (authenticationRef.kind !== undefined) {
        check.oneOf('authenticationRef.kind', authenticationRef.kind, KINDS);
      }
    }
    return new ScaleTrigger(() => ({
      type,
      metadata: { ...metadata },
      ...(metricType === undefined ? {} : { metricType }),
      ...(authenticationRef === undefined ? {} : { authenticationRef: { ...authenticationRef } }),
    }));
  }

  private constructor(
    /** @internal The trigger for a cluster in this region. */
    readonly spec: (region: Region | undefined) => TriggerSpec,
  ) {}
}
