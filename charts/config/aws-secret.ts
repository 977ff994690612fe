import { partitionOf } from '../../eks/arn';
import { viaService } from '../../eks/kms';
import type { Region } from '../../eks/values';
import type { SecretProviderClass } from '../core/k8s';

/** A secret or parameter of AWS, by name or ARN. */
export interface AwsSecret {
  readonly service: 'secretsmanager' | 'ssm';
  readonly name: string;
  /** Keys of the JSON object; undefined if the value is one string. */
  readonly keys: readonly string[] | undefined;
  /** The key of KMS that encrypts it; undefined for that of AWS. */
  readonly key?: string | undefined;
}

/** One Allow statement of a policy. */
export interface SecretStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The only key of a secret whose value is one string. */
export const WHOLE = 'value';

/** The files that the driver mounts, and those that it copies to a Kubernetes Secret for variables. */
export function secretProviderClass(
  secret: AwsSecret,
  secretName: string,
  region: Region | undefined,
  variables: readonly string[],
): SecretProviderClass['spec'] {
  const parameters: Record<string, string> = { objects: objects(secret), usePodIdentity: 'true' };
  if (region) {
    parameters.region = region;
  }
  const data = variables.map((key) => ({ key, objectName: key }));
  return {
    provider: 'aws',
    parameters,
    secretObjects: data.length === 0 ? undefined : [{ secretName, type: 'Opaque', data }],
  };
}

/** The YAML of the provider. Values are quoted, since names contain slashes and keys can contain hyphens. */
function objects(secret: AwsSecret): string {
  const lines = [
    `- objectName: ${JSON.stringify(secret.name)}`,
    `  objectType: ${secret.service === 'ssm' ? 'ssmparameter' : 'secretsmanager'}`,
  ];
  if (!secret.keys) {
    lines.push(`  objectAlias: ${WHOLE}`);
  } else {
    lines.push('  jmesPath:');
    for (const key of secret.keys) {
      const path = /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && isText(key) ? key : `'${JSON.stringify(key)}'`;
      lines.push(`    - path: ${path}`, `      objectAlias: ${isText(key) ? key : JSON.stringify(key)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Whether a YAML 1.1 parser reads the unquoted key as a string. */
function isText(key: string): boolean {
  return /^[A-Za-z_]/.test(key) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(key);
}

/** The permissions of External Secrets, which asks for one parameter at a time. */
export function operatorStatements(secret: AwsSecret, region: Region | undefined): readonly SecretStatement[] {
  const { actions, resources } = valueStatement(secret, region);
  const read = { actions: secret.service === 'ssm' ? ['ssm:GetParameter'] : actions, resources };
  return [read, ...keyStatements(secret)];
}

/** The permissions to read a secret, and to decrypt it by a key of one's own. */
export function awsSecretStatements(secret: AwsSecret, region: Region | undefined): readonly SecretStatement[] {
  return [valueStatement(secret, region), ...keyStatements(secret)];
}

const keyStatements = ({ service, key }: AwsSecret): readonly SecretStatement[] =>
  key === undefined ? [] : [{ actions: ['kms:Decrypt'], resources: [key], conditions: viaService(service, key) }];

/** The permission to read a secret. Secrets Manager appends six random characters to the name in the ARN. */
function valueStatement(secret: AwsSecret, region: Region | undefined): SecretStatement {
  const { service, name } = secret;
  const prefix = `arn:${region ? partitionOf(region) : '*'}:${service}:${region ?? '*'}:*`;
  if (service === 'ssm') {
    return { actions: ['ssm:GetParameters'], resources: [`${prefix}:parameter/${name.replace(/^\//, '')}`] };
  }
  const arn = name.startsWith('arn:') ? name : `${prefix}:secret:${name}-??????`;
  return { actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], resources: [arn] };
}

/** The add-on with the driver that mounts secrets of AWS. */
export const SECRETS_STORE = 'aws-secrets-store-csi-driver-provider';

const DRIVER = 'secrets-store-csi-driver';
const syncSecret = { enabled: true };

/** The driver makes Secrets of what it mounts, for variables, only where this is switched on. */
export const SYNC_SECRETS = { [DRIVER]: { syncSecret } };

/** What a `Secret` needs: the token requests let the provider read with the identity of the pod. */
export const DRIVER_CONFIGURATION = {
  [DRIVER]: {
    syncSecret,
    enableSecretRotation: true,
    tokenRequests: [{ audience: 'sts.amazonaws.com' }, { audience: 'pods.eks.amazonaws.com' }],
  },
};
