import type { Region } from '../../eks/values';
import { Check } from '../core/check';

/** A KEDA trigger as data, in the form of a ScaledObject. */
export interface TriggerSpec {
  readonly type: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** The queue that the role of KEDA must be allowed to read. */
  readonly queueUrl?: string;
}

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
    return new ScaleTrigger(() => ({ type: 'cron', metadata }));
  }
  /** Any KEDA scaler by its type and metadata, which are not validated. */
  static keda(type: string, metadata: Readonly<Record<string, string>>): ScaleTrigger {
    new Check('ScaleTrigger.keda').text('type', type);
    return new ScaleTrigger(() => ({ type, metadata: { ...metadata } }));
  }

  private constructor(
    /** @internal The trigger for a cluster in this region. */
    readonly spec: (region: Region | undefined) => TriggerSpec,
  ) {}
}
