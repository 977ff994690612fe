import { managedPolicyArn } from '../../eks/arn';
import type { Arn, Region } from '../../eks/values';
import { copyPlain } from '../../kube/copy';
import type { AwsStatement } from './statement';

export function policyDocument(statements: readonly AwsStatement[]) {
  return {
    Version: '2012-10-17',
    Statement: statements.map(({ actions, resources, conditions }) => ({
      Effect: 'Allow',
      Action: [...actions],
      Resource: [...resources],
      ...(conditions ? { Condition: copyPlain(conditions) as Record<string, unknown> } : {}),
    })),
  };
}

/** ARNs of managed policies, which can be given by their names. */
export const policyArns = (region: Region, policies: readonly string[]): readonly Arn[] =>
  policies.map((policy) => (policy.startsWith('arn:') ? policy : managedPolicyArn(region, policy)));

/** Policies that eksctl writes, as it takes them. */
export const wellKnown = (names: readonly string[]): Readonly<Record<string, true>> =>
  Object.fromEntries(names.map((name) => [name, true as const]));
