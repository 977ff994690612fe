import type { Construct } from 'constructs';
import { kubectlIn } from '../core/namespace';
import type { Requirement } from '../core/requirements';
import type { AwsSecret } from './aws-secret';

/** A Secret of the namespace that somebody makes. */
export function existingStep(
  secret: Construct,
  { namespace, name, keys }: { readonly namespace: string; readonly name: string; readonly keys: readonly string[] },
): Requirement {
  return step(
    secret,
    `Secret ${namespace}/${name}`,
    `A Kubernetes Secret with the keys ${quoted(keys)}, made by you.`,
    [kubectlIn(namespace, `create secret generic ${name} ${keys.map((k) => `--from-file=${k}=./${k}`).join(' ')}`)],
  );
}

/** A secret or parameter that somebody makes in AWS. */
export function awsStep(secret: Construct, { service, name, keys }: AwsSecret, namespace: string): Requirement {
  const what = keys ? `a JSON object with the keys ${quoted(keys)}` : 'the value itself';
  const create =
    service === 'secretsmanager'
      ? `aws secretsmanager create-secret --name ${name} --secret-string file://value${keys ? '.json' : '.txt'}`
      : `aws ssm put-parameter --type SecureString --name ${name} --value file://value${keys ? '.json' : '.txt'}`;
  const place = service === 'secretsmanager' ? 'Secrets Manager' : 'Parameter Store';
  return step(
    secret,
    `Secret ${name}`,
    `In ${place}: ${what}. Used in namespace \`${namespace}\`.`,
    name.startsWith('arn:') ? [] : [create],
  );
}

const quoted = (keys: readonly string[]): string => keys.map((key) => `\`${key}\``).join(', ');

export function step(secret: Construct, title: string, text: string, commands: readonly string[]): Requirement {
  return {
    id: `step/${title}`,
    because: `'${secret.node.path}' refers to it`,
    check: () => ({ status: 'provided', addition: { kind: 'step', step: { title, text, commands } } }),
  };
}
