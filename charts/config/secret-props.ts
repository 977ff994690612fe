import { parseArn } from '../../eks/arn';
import { isKeyArn } from '../../eks/kms';
import type { Arn } from '../../eks/values';
import { describe } from '../../kube/describe';
import { indexPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { AwsSecret } from './aws-secret';
import { checkSecretSource, type SecretSource } from './secret-source';

/** A secret in AWS Secrets Manager. */
export interface SecretsManagerProps<K extends string> {
  /** The name or full ARN of the secret: 'retail-store/catalog-db'. */
  readonly secret: string;
  /** What brings the value to the pods. @default - `secretSource` of the `defaults` of tenant or app, or the Secrets Store CSI driver */
  readonly source?: SecretSource;
  /**
   * The ARN of the KMS key that encrypts it, so that whoever reads it may decrypt by it, through this service alone. An alias is
   * refused, since policies name keys.
   *
   * @default - the key of AWS, which needs no permission
   */
  readonly kmsKey?: Arn;
  /** The keys to read, if the value is a JSON object. @default - one key, 'value': the whole string */
  readonly keys?: readonly K[];
}
/** A parameter in AWS Systems Manager. */
export interface ParameterStoreProps<K extends string> {
  /** The name of the parameter: '/shop/prod/token'. An ARN is refused: the driver cannot read it. */
  readonly parameter: string;
  /** What brings the value to the pods. @default - `secretSource` of the `defaults` of tenant or app, or the Secrets Store CSI driver */
  readonly source?: SecretSource;
  /**
   * The ARN of the KMS key that encrypts it, so that whoever reads it may decrypt by it, through this service alone. An alias is
   * refused, since policies name keys.
   *
   * @default - the key of AWS, which needs no permission
   */
  readonly kmsKey?: Arn;
  /** The keys to read, if the value is a JSON object. @default - one key, 'value': the whole string */
  readonly keys?: readonly K[];
}

const SECRETS_MANAGER: KeyTable<SecretsManagerProps<string>> = {
  secret: 'text',
  source: 'object',
  kmsKey: 'text',
  keys: 'texts',
};
const PARAMETER: KeyTable<ParameterStoreProps<string>> = {
  parameter: 'text',
  source: 'object',
  kmsKey: 'text',
  keys: 'texts',
};

export function secretsManager(check: Check, props: SecretsManagerProps<string>): AwsSecret {
  check.keys<SecretsManagerProps<string>>('props', props ?? null, SECRETS_MANAGER);
  checkSecretSource(check, props.source, 'source');
  const name = check.text('secret', props.secret);
  const isArn = name.startsWith('arn:');
  if (isArn ? parseArn(name)?.service !== 'secretsmanager' : !/^[\w/+=.@-]{1,512}$/.test(name)) {
    check.fail(
      'invalid',
      'secret',
      `secret must be ${isArn ? 'of Secrets Manager' : "letters, digits and '/_+=.@-'"}, but is ${describe(name)}`,
      isArn && parseArn(name)?.service === 'ssm'
        ? 'use Secret.fromParameterStore for a parameter'
        : "write the name of the secret, 'shop/db', or its ARN",
    );
  }
  return {
    service: 'secretsmanager',
    name,
    keys: props.keys,
    key: checkedKey(check, props.kmsKey),
  };
}

export function parameterStore(check: Check, props: ParameterStoreProps<string>): AwsSecret {
  check.keys<ParameterStoreProps<string>>('props', props ?? null, PARAMETER);
  checkSecretSource(check, props.source, 'source');
  if (check.text('parameter', props.parameter).startsWith('arn:')) {
    check.fail(
      'invalid',
      'parameter',
      `parameter must be a name, but is the ARN '${props.parameter}', which the Secrets Store CSI provider cannot read`,
      "write the name: '/shop/prod/token'",
    );
  }
  if (!/^(\/?[\w.-]+|(\/[\w.-]+)+)$/.test(props.parameter)) {
    check.fail(
      'invalid',
      'parameter',
      `parameter must be letters, digits, '.', '-' and '_', as a path with '/' at its beginning, but is ${describe(props.parameter)}`,
      "write for example '/shop/prod/token'",
    );
  }
  return { service: 'ssm', name: props.parameter, keys: props.keys, key: checkedKey(check, props.kmsKey) };
}

/** The ARN of a KMS key. */
export function checkedKey(check: Check, key: Arn | undefined): Arn | undefined {
  if (key !== undefined && !isKeyArn(key)) {
    check.fail(
      'invalid',
      'kmsKey',
      `kmsKey must be the ARN of a KMS key, but is '${key}'`,
      "write 'arn:aws:kms:REGION:ACCOUNT:key/ID'; an alias is not matched by policies",
    );
  }
  return key;
}

/** The keys of a Secret. */
export function checkKeys(check: Check, keys: readonly string[]): void {
  check.typed('keys', keys ?? null, 'texts');
  if (keys.length === 0) {
    check.fail('invalid', 'keys', 'keys must not be empty', "write keys: ['username', 'password']");
  }
  for (const [i, key] of keys.entries()) {
    const field = indexPath('keys', i);
    if (!/^[-._a-zA-Z0-9]+$/.test(key)) {
      check.fail(
        'invalid',
        field,
        `${field} must be letters, digits, '-', '_' and '.', but is ${describe(key)}`,
        'correct the key',
      );
    }
    if (keys.indexOf(key) < i) {
      check.fail('duplicate', field, `${field} must be unique, but '${key}' is listed before`, 'list each key once');
    }
  }
}
