import type { Region } from '../../eks/values';
import type { IrsaAccount } from '../core/irsa';
import { statementsOf } from './allowed';
import type { AwsAccess } from './aws-props';
import { policyArns, policyDocument, wellKnown } from './policy-document';

/** The service account of a workload that takes its role by a token. */
export function irsaAccountOf(
  { path, namespace, name }: Pick<IrsaAccount, 'path' | 'namespace' | 'name'>,
  aws: AwsAccess,
): IrsaAccount {
  const { role, account } = aws;
  return { path, namespace, name, role, account, policies: (region) => policiesOf(aws, region) };
}

function policiesOf(aws: AwsAccess, region: Region): object {
  const { managedPolicies = [], wellKnownPolicies = [], permissionsBoundary } = aws;
  const statements = statementsOf(aws, region);
  return {
    ...(statements.length > 0 ? { attachPolicy: policyDocument(statements) } : {}),
    ...(managedPolicies.length > 0 ? { attachPolicyARNs: policyArns(region, managedPolicies) } : {}),
    ...(wellKnownPolicies.length > 0 ? { wellKnownPolicies: wellKnown(wellKnownPolicies) } : {}),
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
  };
}
