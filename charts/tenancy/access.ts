import { accessPolicyArn, isRoleOrUserArn } from '../../eks/arn';
import type { Arn } from '../../eks/values';
import { describe } from '../../kube/describe';
import { indexPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Requirement } from '../core/requirements';

/** The rights of people or a pipeline in a namespace. @see https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html */
export interface TenantAccess {
  /** The ARN of an IAM role or user. */
  readonly principal: Arn;
  /** The EKS access policy, scoped to the namespace. */
  readonly level: 'view' | 'edit' | 'admin';
}

const ACCESS: KeyTable<TenantAccess> = { principal: 'text', level: true };
const POLICIES = { view: 'AmazonEKSViewPolicy', edit: 'AmazonEKSEditPolicy', admin: 'AmazonEKSAdminPolicy' } as const;

export function checkAccess(check: Check, access: readonly TenantAccess[]): void {
  for (const [i, entry] of access.entries()) {
    const field = indexPath('access', i);
    check.keys<TenantAccess>(field, entry, ACCESS);
    const { principal } = entry;
    if (!isRoleOrUserArn(principal)) {
      check.fail(
        principal === undefined ? 'required' : typeof principal === 'string' ? 'invalid' : 'type',
        `${field}.principal`,
        `${field}.principal must be the ARN of an IAM role or user, but is ${describe(principal)}`,
        "write for example 'arn:aws:iam::111122223333:role/team'",
      );
    }
    check.oneOf(`${field}.level`, entry.level, Object.keys(POLICIES));
  }
}

/** Access entries of the cluster, which merges the entries of one principal. */
export function accessRequirements(path: string, namespace: string, access: readonly TenantAccess[]): Requirement[] {
  return access.map(({ principal, level }) => ({
    id: `access-entry/${principal}/${namespace}/${level}`,
    because: `'${path}' gives it access to its namespace`,
    check: ({ region }) => ({
      status: 'provided',
      addition: {
        kind: 'access-entry',
        entry: {
          principalARN: principal,
          accessPolicies: [
            {
              policyARN: accessPolicyArn(region, POLICIES[level]),
              accessScope: { type: 'namespace', namespaces: [namespace] },
            },
          ],
        },
      },
    }),
  }));
}
