import type { Arn } from '../../../eks/values';
import { AwsBucket } from './bucket';
import { AwsCache } from './caches';
import { AwsAssumedRole, AwsFunction, AwsModel, AwsStateMachine } from './calls';
import { AwsDatabaseUser, AwsTable } from './databases';
import type { AwsGrant } from './grant';
import { AwsKafka } from './kafka';
import { AwsMailIdentity } from './mail';
import { AwsDeliveryStream, AwsEventBus, AwsQueue, AwsStream, AwsTopic } from './messages';
import { AwsLogGroup, metricsGrant, tracesGrant } from './observed';
import type { AwsEncryptedOptions, AwsResourceOptions } from './resource';
import { AwsKey, AwsParameter, AwsSecretValue } from './secrets';

/**
 * Resources of AWS and what a workload may do with them, for `allow` of `aws`. Each grant is the least that the use needs, on
 * the one resource. A resource is given by its ARN, or by its name in the region of the cluster and the account that
 * `aws.account` says: without that, the policy has '*' as the account, and resources of that name in every account that lets
 * the role in are granted. Placeholders in an ARN are refused.
 *
 * @example
 * new Worker(tenant, 'mailer', {
 *   ...props,
 *   aws: {
 *     account: '111122223333',
 *     allow: [
 *       Aws.sqs('mail', { env: 'QUEUE_URL' }).consume(),
 *       Aws.s3('shop-templates').below('mail/').read(),
 *       Aws.dynamodb('sent', { env: 'TABLE' }).readWrite(),
 *     ],
 *   },
 * });
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
export class Aws {
  private constructor() {}

  /** A bucket of S3. @param bucket its name or ARN */
  static s3(bucket: string, options?: AwsEncryptedOptions): AwsBucket {
    return new AwsBucket(bucket, options);
  }
  /** A queue of SQS. @param queue its name or ARN, not its URL */
  static sqs(queue: string, options?: AwsEncryptedOptions): AwsQueue {
    return new AwsQueue(queue, options);
  }
  /** A topic of SNS. @param topic its name or ARN */
  static sns(topic: string, options?: AwsEncryptedOptions): AwsTopic {
    return new AwsTopic(topic, options);
  }
  /** A table of DynamoDB. @param table its name or ARN */
  static dynamodb(table: string, options?: AwsEncryptedOptions): AwsTable {
    return new AwsTable(table, options);
  }
  /**
   * A secret that the program reads by the API. `Secret.fromSecretsManager` mounts one instead, and needs no code.
   *
   * @param secret its name, or its full ARN with the six characters at the end
   */
  static secret(secret: string, options?: AwsEncryptedOptions): AwsSecretValue {
    return new AwsSecretValue(secret, options);
  }
  /** A parameter of Parameter Store that the program reads by the API. @param parameter its name, with or without '/' in front, or its ARN */
  static parameter(parameter: string, options?: AwsEncryptedOptions): AwsParameter {
    return new AwsParameter(parameter, options);
  }
  /** A key of KMS that the program itself uses. @param key its ID or ARN; an alias is refused, since policies name keys */
  static kms(key: string, options?: AwsResourceOptions): AwsKey {
    return new AwsKey(key, options);
  }
  /** A data stream of Kinesis. @param stream its name or ARN */
  static kinesis(stream: string, options?: AwsEncryptedOptions): AwsStream {
    return new AwsStream(stream, options);
  }
  /** A stream of Data Firehose. @param stream its name or ARN */
  static firehose(stream: string, options?: AwsResourceOptions): AwsDeliveryStream {
    return new AwsDeliveryStream(stream, options);
  }
  /** A bus of EventBridge. @param bus its name or ARN @default 'default', the bus of the account */
  static eventBus(bus = 'default', options?: AwsResourceOptions): AwsEventBus {
    return new AwsEventBus(bus, options);
  }
  /** A state machine of Step Functions. @param stateMachine its name or ARN */
  static stateMachine(stateMachine: string, options?: AwsEncryptedOptions): AwsStateMachine {
    return new AwsStateMachine(stateMachine, options);
  }
  /** A function of Lambda. @param name its name, or its ARN without a version or alias */
  static lambda(name: string, options?: AwsResourceOptions): AwsFunction {
    return new AwsFunction(name, options);
  }
  /**
   * A model of Bedrock.
   *
   * @param model its ID: 'amazon.nova-lite-v1:0'; that of a cross-region inference profile: 'eu.amazon.nova-lite-v1:0'; or the
   * ARN of a foundation model
   */
  static bedrock(model: string, options?: AwsResourceOptions): AwsModel {
    return new AwsModel(model, options);
  }
  /**
   * A user of a database of RDS, Aurora or an RDS Proxy who logs in by IAM. The connection to the database itself is in
   * `connectsTo`: Peer.cidr('10.0.64.0/20', 5432).
   *
   * @param user the resource ID of the database and the user: 'db-ABCDEFGHIJKL01234/orders', or the ARN
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html
   */
  static rds(user: string): AwsDatabaseUser {
    return new AwsDatabaseUser(user);
  }
  /**
   * A cache of ElastiCache, Valkey or Redis OSS from version 7, whose users log in by IAM. The connection to the cache itself is
   * in `connectsTo`: Peer.cidr('10.0.64.0/20', 6379).
   *
   * @param cache the kind and the name, 'replicationgroup:carts' or 'serverlesscache:carts', or the ARN
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
   */
  static elastiCache(cache: string, options?: AwsResourceOptions): AwsCache {
    return new AwsCache(cache, options);
  }
  /**
   * A cluster of MSK whose clients log in by IAM. The connection to the brokers is in `connectsTo`: Peer.cidr('10.0.64.0/20', 9098).
   *
   * @param cluster its name, the name with the ID at the end of the ARN, or the ARN. A name alone grants any cluster of that name
   * in the account and region, of which there is one at a time. `env` needs the ID
   * @see https://docs.aws.amazon.com/msk/latest/developerguide/iam-access-control.html
   */
  static msk(cluster: string, options?: AwsResourceOptions): AwsKafka {
    return new AwsKafka(cluster, options);
  }
  /** An identity of SES that sends mail. @param identity a domain, an address, or the ARN of one */
  static ses(identity: string, options?: AwsResourceOptions): AwsMailIdentity {
    return new AwsMailIdentity(identity, options);
  }
  /** A log group of CloudWatch that the program writes to by itself. @param group its name or ARN */
  static logGroup(group: string, options?: AwsResourceOptions): AwsLogGroup {
    return new AwsLogGroup(group, options);
  }
  /** To put metrics into CloudWatch. @param namespace of the metrics: 'Shop/Orders'; one of AWS is refused */
  static metrics(namespace: string): AwsGrant {
    return metricsGrant(namespace);
  }
  /** To send traces to X-Ray. */
  static traces(): AwsGrant {
    return tracesGrant();
  }
  /** A role that the program assumes, also in another account. @param role its ARN; a name is refused */
  static role(role: Arn, options?: AwsResourceOptions): AwsAssumedRole {
    return new AwsAssumedRole(role, options);
  }
}
