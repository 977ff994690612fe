import { type AwsGrant, allow } from './grant';
import { AwsResource, type AwsResourceOptions } from './resource';

const READ = [
  'dynamodb:BatchGetItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DescribeTable',
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:Scan',
];
const WRITE = ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];

/** A table of DynamoDB with its indexes. Made by `Aws.dynamodb`. */
export class AwsTable extends AwsResource {
  /** @internal */
  constructor(table: string, options?: AwsResourceOptions) {
    super(
      {
        factory: 'Aws.dynamodb',
        service: 'dynamodb',
        prefix: 'table/',
        names: /^[A-Za-z0-9_.-]{3,255}$/,
        example: 'carts',
      },
      table,
      options,
    );
  }

  /** To get, query and scan items, of the table and its indexes. */
  read(): AwsGrant {
    return this.grant((arn) => [allow(READ, [arn, `${arn}/index/*`])]);
  }

  /** To put, update and delete items. */
  write(): AwsGrant {
    return this.grant((arn) => [allow(['dynamodb:DescribeTable', ...WRITE].sort(), [arn])]);
  }

  /** Both. */
  readWrite(): AwsGrant {
    return this.grant((arn) => [allow([...READ, ...WRITE].sort(), [arn, `${arn}/index/*`])]);
  }

  /** To read the records of its stream. */
  readStream(): AwsGrant {
    return this.grant((arn) => [
      allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [`${arn}/stream/*`]),
    ]);
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
