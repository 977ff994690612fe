import type { KeyTable } from '../../../kube/values';
import { type AwsGrant, allow } from './grant';
import { AwsResource, type AwsResourceOptions } from './resource';

/** How mail is sent. */
export interface AwsMailOptions {
  /**
   * The only sender: 'orders@shop.example.com', or a pattern with '*'. An address of the identity.
   *
   * @default - any address of the identity
   */
  readonly from?: string;
  /** The configuration set that the program names, or that the identity has by default. @default - none */
  readonly configurationSet?: string;
}

const OPTIONS: KeyTable<AwsMailOptions> = { from: 'text', configurationSet: 'text' };

/** An identity of SES, a domain or an address. Made by `Aws.ses`. */
export class AwsMailIdentity extends AwsResource {
  /** @internal */
  constructor(identity: string, options?: AwsResourceOptions) {
    super(
      {
        factory: 'Aws.ses',
        service: 'ses',
        prefix: 'identity/',
        names: /^(?:[A-Za-z0-9._%+-]+@)?(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}$/,
        example: 'shop.example.com',
      },
      identity,
      options,
    );
  }

  /** To send mail by the API. With SMTP there is a password, which is a `Secret`. */
  send(options: AwsMailOptions = {}): AwsGrant {
    this.check.keys<AwsMailOptions>('options', options, OPTIONS);
    const { from, configurationSet } = options;
    if (from !== undefined && !/^[A-Za-z0-9._%+*-]+@[A-Za-z0-9.*-]+$/.test(from)) {
      this.check.fail(
        'invalid',
        'options.from',
        `options.from must be an address, but is '${from}'`,
        "write for example 'orders@shop.example.com'",
      );
    }
    if (configurationSet !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(configurationSet)) {
      this.check.fail(
        'invalid',
        'options.configurationSet',
        `options.configurationSet must be the name of a configuration set, but is '${configurationSet}'`,
        "write for example 'transactional'",
      );
    }
    return this.grant((arn) => [
      allow(
        ['ses:SendEmail', 'ses:SendRawEmail'],
        [
          arn,
          ...(configurationSet === undefined
            ? []
            : [arn.replace(`:identity/${this.name}`, `:configuration-set/${configurationSet}`)]),
        ],
        from === undefined ? undefined : { StringLike: { 'ses:FromAddress': from } },
      ),
    ]);
  }

  /** @internal */
  protected override value(): string {
    return this.name;
  }
}
