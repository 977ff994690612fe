import { type AwsGrant, allow } from './grant';
import { type AwsEncryptedOptions, AwsResource } from './resource';

const READ = [
  'dynamodb:BatchGetItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DescribeTable',
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:Scan',
];
const WRITE = ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];

/** What DynamoDB does with the key of a table for who calls it. */
const KEY_OF_READING = ['kms:Decrypt', 'kms:DescribeKey'];
const KEY_OF_WRITING = [
  ...KEY_OF_READING,
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** A table of DynamoDB with its indexes. Made by `Aws.dynamodb`. */
export class AwsTable extends AwsResource<AwsEncryptedOptions> {
  /** @internal */
  constructor(table: string, options?: AwsEncryptedOptions) {
    super(
      {
        factory: 'Aws.dynamodb',
        service: 'dynamodb',
        prefix: 'table/',
        names: /^[A-Za-z0-9_.-]{3,255}$/,
        example: 'carts',
        hasKey: true,
      },
      table,
      options,
    );
  }

  /** To get, query and scan items, of the table and its indexes. */
  read(): AwsGrant {
    return this.grant((arn) => [allow(READ, [arn, `${arn}/index/*`])], KEY_OF_READING);
  }

  /** To put, update and delete items. */
  write(): AwsGrant {
    return this.grant((arn) => [allow(['dynamodb:DescribeTable', ...WRITE].sort(), [arn])], KEY_OF_WRITING);
  }

  /** Both. */
  readWrite(): AwsGrant {
    return this.grant((arn) => [allow([...READ, ...WRITE].sort(), [arn, `${arn}/index/*`])], KEY_OF_WRITING);
  }

  /** To read the records of its stream. */
  readStream(): AwsGrant {
    return this.grant(
      (arn) => [
        allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [`${arn}/stream/*`]),
      ],
      KEY_OF_READING,
    );
  }

  /** @internal */
  protected override value(): string {
    return this.name;
  }
}

/** A user of a database of RDS or Aurora who logs in by IAM. Made by `Aws.rds`. */
export class AwsDatabaseUser extends AwsResource {
  /** @internal */
  constructor(user: string) {
    super(
      {
        factory: 'Aws.rds',
        service: 'rds-db',
        prefix: 'dbuser:',
        names: /^(db|cluster|prx)-[A-Za-z0-9]{8,64}\/[A-Za-z0-9_.@$-]{1,63}$/,
        example: 'db-ABCDEFGHIJKL01234/orders',
      },
      user,
      undefined,
    );
  }

  /** To log in with a token of IAM in place of a password. */
  connect(): AwsGrant {
    return this.grant((arn) => [allow(['rds-db:connect'], [arn])]);
  }
}
