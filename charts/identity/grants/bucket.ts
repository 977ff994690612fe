import type { Arn } from '../../../eks/values';
import { describe } from '../../../kube/describe';
import type { AwsStatement } from '../statement';
import { type AwsGrant, allow } from './grant';
import { type AwsEncryptedOptions, AwsResource, KEY_OF_READING, KEY_OF_WRITING } from './resource';

const READ = ['s3:GetObject'];
const WRITE = ['s3:AbortMultipartUpload', 's3:PutObject'];
const DELETE = ['s3:DeleteObject'];

/**
 * A bucket of S3, or the objects of it whose keys begin with a prefix. Made by `Aws.s3`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html
 */
export class AwsBucket extends AwsResource<AwsEncryptedOptions> {
  /** @internal */
  constructor(
    bucket: string,
    options?: AwsEncryptedOptions,
    private readonly prefix = '',
  ) {
    super(
      {
        factory: 'Aws.s3',
        service: 's3',
        prefix: '',
        names: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
        example: 'shop-assets',
        isGlobal: true,
        hasKey: true,
      },
      bucket,
      options,
    );
  }

  /**
   * The objects whose keys begin with a prefix alone: 'reports/'. Listing is limited to it as well.
   *
   * @param prefix one that is empty, begins with '/', or has '*' is refused
   */
  below(prefix: string): AwsBucket {
    if (typeof prefix !== 'string' || prefix === '' || prefix.startsWith('/') || /[*?]/.test(prefix)) {
      this.check.fail(
        typeof prefix === 'string' ? 'invalid' : 'type',
        'prefix',
        `prefix must be the beginning of keys, without '/' at its front or wildcards, but is ${describe(prefix)}`,
        "write for example 'reports/'",
      );
    }
    return new AwsBucket(this.resource, this.options, prefix);
  }

  /** To list and get objects. */
  read(): AwsGrant {
    return this.grant((arn) => [this.list(arn), this.objects(arn, READ)], KEY_OF_READING);
  }

  /** To put objects, in one part or several. They can be overwritten, but not read. */
  write(): AwsGrant {
    return this.grant((arn) => [this.objects(arn, WRITE)], KEY_OF_WRITING);
  }

  /** To list, get, put and delete objects. */
  readWrite(): AwsGrant {
    return this.grant((arn) => [this.list(arn), this.objects(arn, [...READ, ...WRITE, ...DELETE])], KEY_OF_WRITING);
  }

  private list(arn: Arn): AwsStatement {
    const { prefix } = this;
    return allow(['s3:ListBucket'], [arn], prefix === '' ? undefined : { StringLike: { 's3:prefix': `${prefix}*` } });
  }

  private objects(arn: Arn, actions: readonly string[]): AwsStatement {
    return allow([...actions].sort(), [`${arn}/${this.prefix}*`]);
  }

  /** @internal */
  protected override value(): string {
    return this.name;
  }
}
