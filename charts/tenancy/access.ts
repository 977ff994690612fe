import { accessPolicyArn, isRoleOrUserArn } from '../../eks/arn';
import type { Arn } from '../../eks/values';
import { describe } from '../../kube/describe';
import { indexPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Requirement } from '../core/requirements';

/** A group of Kubernetes: of an access entry, or of an identity provider of the cluster. */
export interface AccessGroup {
  /** Its name; refused are names that begin with 'system:', which Kubernetes has for itself. */
  readonly group: string;
}

/** The ARN of an IAM role or user, or a group of Kubernetes. */
export type Grantee = Arn | AccessGroup;

/**
 * The rights of people or a pipeline in a namespace. Each grantee is listed once: a higher level has the rights of those below.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html
 */
export interface TenantAccess {
  /** Also grants rights in the namespace to others; the bounds of the tenant stay. @default - nobody */
  readonly admin?: readonly Grantee[];
  /** Changes the workloads, and reads Secrets. @default - nobody */
  readonly edit?: readonly Grantee[];
  /** Reads everything but Secrets. @default - nobody */
  readonly view?: readonly Grantee[];
}

/** A level of access. */
export type AccessLevel = keyof TenantAccess;

const ACCESS: KeyTable<TenantAccess> = { admin: 'list', edit: 'list', view: 'list' };
const GROUP: KeyTable<AccessGroup> = { group: 'text' };
export const LEVELS = ['admin', 'edit', 'view'] as const;
const POLICIES = { view: 'AmazonEKSViewPolicy', edit: 'AmazonEKSEditPolicy', admin: 'AmazonEKSAdminPolicy' } as const;

/** Access by its two ways: access entries of EKS, and bindings of Kubernetes. */
export interface ResolvedAccess {
  readonly principals: readonly { readonly principal: Arn; readonly level: AccessLevel }[];
  readonly groups: Readonly<Record<AccessLevel, readonly string[]>>;
}

export function resolveAccess(check: Check, access: TenantAccess = {}): ResolvedAccess {
  check.keys<TenantAccess>('access', access, ACCESS);
  const seen = new Map<string, string>();
  const principals: { principal: Arn; level: AccessLevel }[] = [];
  const groups: Record<AccessLevel, string[]> = { admin: [], edit: [], view: [] };
  for (const level of LEVELS) {
    for (const [i, grantee] of (access[level] ?? []).entries()) {
      const field = indexPath(`access.${level}`, i);
      const name = checkedGrantee(check, field, grantee);
      const first = seen.get(JSON.stringify(grantee));
      if (first !== undefined) {
        check.fail(
          'duplicate',
          field,
          `${field} repeats ${first}`,
          'list each principal and group once, at its highest level',
        );
      }
      seen.set(JSON.stringify(grantee), field);
      if (typeof grantee === 'string') {
        principals.push({ principal: grantee, level });
      } else {
        groups[level].push(name);
      }
    }
  }
  return { principals, groups };
}

function checkedGrantee(check: Check, field: string, grantee: unknown): string {
  if (typeof grantee === 'string') {
    if (!isRoleOrUserArn(grantee)) {
      check.fail(
        'invalid',
        field,
        `${field} must be the ARN of an IAM role or user, or a group, but is ${describe(grantee)}`,
        "write for example 'arn:aws:iam::111122223333:role/team', or { group: 'team' }",
      );
    }
    return grantee;
  }
  check.keys<AccessGroup>(field, grantee ?? null, GROUP);
  const group = check.text(`${field}.group`, (grantee as AccessGroup).group);
  if (group.startsWith('system:')) {
    check.fail(
      'forbidden',
      `${field}.group`,
      `${field}.group must not begin with 'system:', but is '${group}': Kubernetes puts callers into such groups itself`,
      'name a group of an access entry or of an identity provider',
    );
  }
  return group;
}

/** Access entries of the cluster, which merges the entries of one principal. */
export function accessRequirements(
  path: string,
  namespace: string,
  principals: ResolvedAccess['principals'],
): Requirement[] {
  return principals.map(({ principal, level }) => ({
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
