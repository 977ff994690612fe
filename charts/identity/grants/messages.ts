import { parseArn } from '../../../eks/arn';
import { type AwsGrant, allow, type GrantSite } from './grant';
import {
  type AwsEncryptedOptions,
  AwsResource,
  type AwsResourceOptions,
  KEY_OF_READING,
  KEY_OF_WRITING,
} from './resource';

/** A queue of SQS. Made by `Aws.sqs`. */
export class AwsQueue extends AwsResource<AwsEncryptedOptions> {
  /** @internal */
  constructor(queue: string, options?: AwsEncryptedOptions) {
    const names = /^[A-Za-z0-9_-]{1,80}$|^[A-Za-z0-9_-]{1,75}\.fifo$/;
    super({ factory: 'Aws.sqs', service: 'sqs', prefix: '', names, example: 'orders', hasKey: true }, queue, options);
  }

  /** To receive messages, delete them, and change how long they are hidden. */
  consume(): AwsGrant {
    return this.grant(
      (arn) => [
        allow(
          [
            'sqs:ChangeMessageVisibility',
            'sqs:DeleteMessage',
            'sqs:GetQueueAttributes',
            'sqs:GetQueueUrl',
            'sqs:ReceiveMessage',
          ],
          [arn],
        ),
      ],
      KEY_OF_READING,
    );
  }

  /** To send messages. */
  send(): AwsGrant {
    return this.grant(
      (arn) => [allow(['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'], [arn])],
      KEY_OF_WRITING,
    );
  }

  /** @internal */
  protected override value(site: GrantSite): string | undefined {
    const { partition, region, account } = parseArn(this.wholeArn(site)) ?? {};
    const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    return region === undefined ? undefined : `https://sqs.${region}.${domain}/${account}/${this.name}`;
  }
}

/** A topic of SNS. Made by `Aws.sns`. */
export class AwsTopic extends AwsResource<AwsEncryptedOptions> {
  /** @internal */
  constructor(topic: string, options?: AwsEncryptedOptions) {
    const names = /^[A-Za-z0-9_-]{1,256}$|^[A-Za-z0-9_-]{1,251}\.fifo$/;
    super({ factory: 'Aws.sns', service: 'sns', prefix: '', names, example: 'orders', hasKey: true }, topic, options);
  }

  /** To publish messages. */
  publish(): AwsGrant {
    return this.grant((arn) => [allow(['sns:Publish'], [arn])], KEY_OF_WRITING);
  }
}

/**
 * A bus of EventBridge. Made by `Aws.eventBus`. The policy of its KMS key lets EventBridge use it; who puts events needs nothing, so
 * a `kmsKey` is refused.
 */
export class AwsEventBus extends AwsResource {
  /** @internal */
  constructor(bus: string, options?: AwsResourceOptions) {
    const names = /^[A-Za-z0-9._/-]{1,256}$/;
    super(
      {
        factory: 'Aws.eventBus',
        service: 'events',
        prefix: 'event-bus/',
        names,
        example: 'orders',
        keyUsedBy: 'EventBridge, by the policy of the key,',
      },
      bus,
      options,
    );
  }

  /** To put events on the bus. */
  put(): AwsGrant {
    return this.grant((arn) => [allow(['events:PutEvents'], [arn])]);
  }
}

/** A data stream of Kinesis. Made by `Aws.kinesis`. */
export class AwsStream extends AwsResource<AwsEncryptedOptions> {
  /** @internal */
  constructor(stream: string, options?: AwsEncryptedOptions) {
    super(
      {
        factory: 'Aws.kinesis',
        service: 'kinesis',
        prefix: 'stream/',
        names: /^[A-Za-z0-9._-]{1,128}$/,
        example: 'clicks',
        hasKey: true,
      },
      stream,
      options,
    );
  }

  /** To read records. The Kinesis Client Library also keeps a table in DynamoDB and metrics in CloudWatch: grant these too. */
  read(): AwsGrant {
    return this.grant(
      (arn) => [
        allow(
          [
            'kinesis:DescribeStream',
            'kinesis:DescribeStreamSummary',
            'kinesis:GetRecords',
            'kinesis:GetShardIterator',
            'kinesis:ListShards',
          ],
          [arn],
        ),
      ],
      KEY_OF_READING,
    );
  }

  /** To put records. */
  write(): AwsGrant {
    return this.grant(
      (arn) => [
        allow(
          ['kinesis:DescribeStreamSummary', 'kinesis:ListShards', 'kinesis:PutRecord', 'kinesis:PutRecords'],
          [arn],
        ),
      ],
      KEY_OF_WRITING,
    );
  }

  /** @internal */
  protected override value(): string {
    return this.name;
  }
}

/**
 * A stream of Data Firehose. Made by `Aws.firehose`. Firehose uses its KMS key by a grant; who puts records needs nothing, so a
 * `kmsKey` is refused.
 */
export class AwsDeliveryStream extends AwsResource {
  /** @internal */
  constructor(stream: string, options?: AwsResourceOptions) {
    super(
      {
        factory: 'Aws.firehose',
        service: 'firehose',
        prefix: 'deliverystream/',
        names: /^[A-Za-z0-9._-]{1,64}$/,
        example: 'clicks',
        keyUsedBy: 'Firehose, by a grant,',
      },
      stream,
      options,
    );
  }

  /** To put records. */
  put(): AwsGrant {
    return this.grant((arn) => [allow(['firehose:PutRecord', 'firehose:PutRecordBatch'], [arn])]);
  }

  /** @internal */
  protected override value(): string {
    return this.name;
  }
}
