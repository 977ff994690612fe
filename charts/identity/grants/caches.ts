import { parseArn } from '../../../eks/arn';
import { type AwsGrant, allow } from './grant';
import { AwsResource, type AwsResourceOptions } from './resource';

const USER = /^[a-zA-Z][a-zA-Z0-9-]{0,39}$/;

/** A cache of ElastiCache whose users log in by IAM. Made by `Aws.elastiCache`. */
export class AwsCache extends AwsResource {
  /** @internal */
  constructor(cache: string, options?: AwsResourceOptions) {
    super(
      {
        factory: 'Aws.elastiCache',
        service: 'elasticache',
        prefix: '',
        names: /^(replicationgroup|serverlesscache):[a-z][a-z0-9-]{0,39}$/,
        example: 'replicationgroup:carts',
      },
      cache,
      options,
    );
  }

  /**
   * To log in with a token of IAM in place of a password. The connection itself is in `connectsTo`.
   *
   * @param user the ID of the user, which is its name as well, or its ARN
   */
  connect(user: string): AwsGrant {
    const { resource = '' } = parseArn(user) ?? {};
    const id = resource.startsWith('user:') ? resource.slice('user:'.length) : user;
    if (!USER.test(this.check.text('user', id))) {
      this.check.fail(
        'invalid',
        'user',
        `user must be the ID or the ARN of a user of ElastiCache, but is '${user}'`,
        "write for example 'carts-app'",
      );
    }
    return this.grant((arn) => [
      allow(['elasticache:Connect'], [arn, user === id ? arn.replace(this.name, `user:${id}`) : user]),
    ]);
  }

  /** @internal The name of the cache, which is in the token. */
  protected override value(): string {
    return this.name.slice(this.name.indexOf(':') + 1);
  }
}
