import { partitionOf } from '../../eks/arn';
import type { Region } from '../../eks/values';
import type { SecretProviderClass } from '../core/k8s';

/** A secret of AWS, by name or ARN. */
export interface AwsSecret {
  readonly service: 'secretsmanager' | 'ssm';
  readonly name: string;
  /** Keys of the JSON object; undefined when the value is one text. */
  readonly keys: readonly string[] | undefined;
}

/** One Allow statement of a policy. */
export interface SecretStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

const WHOLE = 'value';

/** What the driver mounts, and of it what it keeps as a Kubernetes Secret for variables. */
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

/** The provider's own YAML: quoted, since names hold slashes and keys may hold hyphens. */
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

/** Whether YAML 1.1 reads the bare word as a text. */
function isText(word: string): boolean {
  return /^[A-Za-z_]/.test(word) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(word);
}

/** Secrets Manager appends six random characters to the name in the ARN. */
export function awsSecretStatement(secret: AwsSecret, region: Region | undefined): SecretStatement {
  const { service, name } = secret;
  const prefix = `arn:${region ? partitionOf(region) : '*'}:${service}:${region ?? '*'}:*`;
  if (service === 'ssm') {
    return { actions: ['ssm:GetParameters'], resources: [`${prefix}:parameter/${name.replace(/^\//, '')}`] };
  }
  const arn = name.startsWith('arn:') ? name : `${prefix}:secret:${name}-??????`;
  return { actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], resources: [arn] };
}
