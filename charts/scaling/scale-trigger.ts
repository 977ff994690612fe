import { type CloudWatchTriggerProps, cloudWatchTrigger } from './triggers/cloudwatch';
import { type KafkaTriggerProps, kafkaTrigger } from './triggers/kafka';
import { type PostgresqlTriggerProps, postgresqlTrigger } from './triggers/postgresql';
import { type PrometheusTriggerProps, prometheusTrigger } from './triggers/prometheus';
import { rawTrigger, type TriggerOptions } from './triggers/raw';
import { type RedisTriggerProps, redisTrigger } from './triggers/redis';
import { type ResourceTriggerProps, resourceTrigger } from './triggers/resource';
import { type SqsTriggerProps, sqsTrigger } from './triggers/sqs';
import type { TriggerModel } from './triggers/trigger';
import { type WindowTriggerProps, windowTrigger } from './triggers/window';

/**
 * An event source that scales a workload. Requires KEDA in the cluster. Props have the names of KEDA's own fields. What KEDA's
 * operator must be allowed in AWS is added to the ClusterConfig, and the policy of a workload of this app that a trigger names
 * by its host lets the operator in.
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
    return new ScaleTrigger(sqsTrigger(props));
  }
  /** Scales by the lag of a consumer group of Kafka. @see https://keda.sh/docs/latest/scalers/apache-kafka/ */
  static kafka(props: KafkaTriggerProps): ScaleTrigger {
    return new ScaleTrigger(kafkaTrigger(props));
  }
  /** Scales by a query of Prometheus, or of Amazon Managed Service for Prometheus. @see https://keda.sh/docs/latest/scalers/prometheus/ */
  static prometheus(props: PrometheusTriggerProps): ScaleTrigger {
    return new ScaleTrigger(prometheusTrigger(props));
  }
  /** Scales by a metric of CloudWatch, which KEDA reads with its own role. @see https://keda.sh/docs/latest/scalers/aws-cloudwatch/ */
  static cloudwatch(props: CloudWatchTriggerProps): ScaleTrigger {
    return new ScaleTrigger(cloudWatchTrigger(props));
  }
  /** Scales by the length of a list of Redis or Valkey. @see https://keda.sh/docs/latest/scalers/redis-lists/ */
  static redis(props: RedisTriggerProps): ScaleTrigger {
    return new ScaleTrigger(redisTrigger(props));
  }
  /** Scales by a query of PostgreSQL. @see https://keda.sh/docs/latest/scalers/postgresql/ */
  static postgresql(props: PostgresqlTriggerProps): ScaleTrigger {
    return new ScaleTrigger(postgresqlTrigger(props));
  }
  /** Scales by CPU, beside other triggers or from one replica on. */
  static cpu(props: ResourceTriggerProps): ScaleTrigger {
    return new ScaleTrigger(resourceTrigger('cpu', props));
  }
  /** Scales by memory, beside other triggers or from one replica on. */
  static memory(props: ResourceTriggerProps): ScaleTrigger {
    return new ScaleTrigger(resourceTrigger('memory', props));
  }
  /** Sets a number of replicas in a recurring time window: KEDA's scaler `cron`. */
  static window(props: WindowTriggerProps): ScaleTrigger {
    return new ScaleTrigger(windowTrigger(props));
  }
  /**
   * Any KEDA scaler by its type and metadata, which are not validated.
   *
   * @example
   * ScaleTrigger.keda('github-runner', { owner: 'acme' }, { authentication: { secrets: { appKey: github.key('private_key') } } })
   */
  static keda(type: string, metadata: Readonly<Record<string, string>>, options: TriggerOptions = {}): ScaleTrigger {
    return new ScaleTrigger(rawTrigger(type, metadata, options));
  }

  private constructor(
    /** @internal */
    readonly model: TriggerModel,
  ) {}
}
