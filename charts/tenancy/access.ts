import { accessPolicyArn, isRoleOrUserArn } from '../../eks/arn';
import type { Arn } from '../../eks/values';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Requirement } from '../core/requirements';

/** People, or a pipeline, with rights in a namespace. */
export interface TenantAccess {
  /** IAM role or user. */
  readonly principal: Arn;
  /** One of EKS' access policies, limited to the namespace. */
  readonly level: 'view' | 'edit' | 'admin';
}

const ACCESS: KeyTable<TenantAccess> = { principal: true, level: true };
const POLICIES = { view: 'AmazonEKSViewPolicy', edit: 'AmazonEKSEditPolicy', admin: 'AmazonEKSAdminPolicy' } as const;

export function checkAccess(check: Check, access: readonly TenantAccess[]): void {
  for (const entry of access) {
    check.keys<TenantAccess>('access', entry, ACCESS);
    if (!isRoleOrUserArn(entry.principal)) {
      check.fail(
        `access has the principal '${entry.principal}'`,
        "write the ARN of a role or user: 'arn:aws:iam::111122223333:role/team'",
      );
    }
    check.oneOf('access.level', entry.level, Object.keys(POLICIES));
  }
}

/** An access entry of the cluster; entries of one principal are merged there. */
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
