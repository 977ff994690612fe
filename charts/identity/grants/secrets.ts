import { type AwsGrant, allow } from './grant';
import { type AwsEncryptedOptions, AwsResource, type AwsResourceOptions, KEY_OF_READING } from './resource';

/** A secret of Secrets Manager that the program reads by itself. Made by `Aws.secret`. */
export class AwsSecretValue extends AwsResource<AwsEncryptedOptions> {
  /** @internal */
  constructor(secret: string, options?: AwsEncryptedOptions) {
    super(
      {
        factory: 'Aws.secret',
        service: 'secretsmanager',
        prefix: 'secret:',
        names: /^[A-Za-z0-9/_+=.@-]{1,512}$/,
        example: 'shop/db',
        hasKey: true,
      },
      secret,
      options,
    );
  }

  /** To get the value. */
  read(): AwsGrant {
    // Secrets Manager appends six random characters to the name
    const whole = (arn: string) => (this.resource.startsWith('arn:') ? arn : `${arn}-??????`);
    return this.grant(
      (arn) => [allow(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], [whole(arn)])],
      KEY_OF_READING,
    );
  }

  /** @internal */
  protected override value(): string {
    return this.resource;
  }
}

/** A parameter of Parameter Store, or all below a path, which the program reads by itself. Made by `Aws.parameter`. */
export class AwsParameter extends AwsResource<AwsEncryptedOptions> {
  /** @internal */
  constructor(parameter: string, options?: AwsEncryptedOptions) {
    const name = typeof parameter === 'string' && parameter.startsWith('/') ? parameter.slice(1) : parameter;
    super(
      {
        factory: 'Aws.parameter',
        service: 'ssm',
        prefix: 'parameter/',
        names: /^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/,
        example: 'shop/prod/currency',
        hasKey: true,
      },
      name,
      options,
    );
  }

  /** To get the value. */
  read(): AwsGrant {
    return this.grant((arn) => [allow(['ssm:GetParameter', 'ssm:GetParameters'], [arn])], KEY_OF_READING);
  }

  /** To get the values of all parameters below this one as a path: of 'shop/prod' also 'shop/prod/currency'. */
  readBelow(): AwsGrant {
    return this.grant(
      (arn) => [
        allow(['ssm:GetParametersByPath'], [arn]),
        allow(['ssm:GetParameter', 'ssm:GetParameters'], [`${arn}/*`]),
      ],
      KEY_OF_READING,
    );
  }

  /** @internal */
  protected override value(): string {
    return this.name.includes('/') ? `/${this.name}` : this.name;
  }
}

/** A key of KMS that the program uses by itself. Made by `Aws.kms`. */
export class AwsKey extends AwsResource {
  /** @internal */
  constructor(key: string, options?: AwsResourceOptions) {
    super(
      {
        factory: 'Aws.kms',
        service: 'kms',
        prefix: 'key/',
        names: /^(mrk-)?[0-9a-f-]{32,36}$/,
        example: '12345678-1234-1234-1234-123456789012',
      },
      key,
      options,
    );
  }

  /** To decrypt. */
  decrypt(): AwsGrant {
    return this.grant((arn) => [allow(['kms:Decrypt'], [arn])]);
  }

  /** To encrypt, and to make keys for data. */
  encrypt(): AwsGrant {
    return this.grant((arn) => [allow(['kms:Encrypt', 'kms:GenerateDataKey'], [arn])]);
  }

  /** To sign, and to get the public key. */
  sign(): AwsGrant {
    return this.grant((arn) => [allow(['kms:GetPublicKey', 'kms:Sign'], [arn])]);
  }

  /** To verify signatures, and to get the public key. */
  verify(): AwsGrant {
    return this.grant((arn) => [allow(['kms:GetPublicKey', 'kms:Verify'], [arn])]);
  }
}
