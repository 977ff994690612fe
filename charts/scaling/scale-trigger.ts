import type { Region } from '../../eks/values';
import { Check } from '../core/check';

/** A KEDA trigger as data. */
export interface TriggerSpec {
  readonly type: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** The queue that KEDA's own role must be allowed to look at. */
  readonly queueUrl?: string;
}

/** A queue and its share for a replica. */
export interface SqsTriggerProps {
  /** 'https://sqs.REGION.amazonaws.com/ACCOUNT/NAME' */
  readonly queueUrl: string;
  /** 1 or more. */
  readonly messagesPerReplica: number;
}
/** A window of time and the replicas in it. */
export interface WindowTriggerProps {
  /** Cron expression of five fields. */
  readonly start: string;
  /** Cron expression of five fields. */
  readonly end: string;
  /** IANA name. */
  readonly timeZone: string;
  /** 1 or more. */
  readonly replicas: number;
}

/** A signal from outside the cluster's metrics; requires KEDA. */
export class ScaleTrigger {
  /** Messages per replica in an SQS queue, asked with KEDA's own role. */
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
  /** Replicas in a time window: cron expressions of five fields, IANA time zone. */
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
  /** Any KEDA scaler by its documented type and metadata. */
  static keda(type: string, metadata: Readonly<Record<string, string>>): ScaleTrigger {
    new Check('ScaleTrigger.keda').text('type', type);
    return new ScaleTrigger(() => ({ type, metadata: { ...metadata } }));
  }

  private constructor(
    /** @internal The trigger in the cluster's region. */
    readonly spec: (region: Region | undefined) => TriggerSpec,
  ) {}
}
