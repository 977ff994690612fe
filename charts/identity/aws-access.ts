import { isIamArn, managedPolicyArn, roleNameOf } from '../../eks/arn';
import type { Arn, Region } from '../../eks/values';
import type { PodIdentityAssociation } from '../../eksctl/types';
import { copyPlain } from '../../kube/copy';
import { describe } from '../../kube/describe';
import { indexPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Requirement } from '../core/requirements';

/** An Allow statement of an IAM policy. */
export interface AwsStatement {
  /** Actions, as 'service:Action' with wildcards in Action: 'dynamodb:GetItem'. */
  readonly actions: readonly string[];
  /** ARNs of resources, or '*' for all. */
  readonly resources: readonly Arn[];
  /** IAM conditions: operator, key, values. @default - none */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}
/** An existing role, with its own permissions. */
export interface AwsRole {
  /** The ARN of the role, which must trust pods.eks.amazonaws.com. */
  readonly role: Arn;
  readonly allow?: never;
  readonly managedPolicies?: never;
}
/** Permissions of a role that eksctl creates. */
export interface AwsPermissions {
  /** Statements of an inline policy. @default - none */
  readonly allow?: readonly AwsStatement[];
  /** Names or ARNs of AWS managed policies. @default - none */
  readonly managedPolicies?: readonly string[];
  readonly role?: never;
}
/**
 * Permissions of a workload in AWS, granted to its own role by EKS Pod Identity.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
 */
export type AwsAccess = AwsRole | AwsPermissions;

const ACCESS: KeyTable<AwsAccess> = { role: true, allow: true, managedPolicies: true };
const STATEMENT: KeyTable<AwsStatement> = { actions: true, resources: true, conditions: true };

export function checkAwsAccess(check: Check, aws: AwsAccess): void {
  check.keys<AwsAccess>('aws', aws, ACCESS);
  if (aws.role !== undefined) {
    if (roleNameOf(aws.role) === undefined) {
      check.fail(
        typeof aws.role === 'string' ? 'invalid' : 'type',
        'aws.role',
        `aws.role must be the ARN of a role, but is ${describe(aws.role)}`,
        "write 'arn:aws:iam::111122223333:role/NAME'",
      );
    }
    if (aws.allow !== undefined || aws.managedPolicies !== undefined) {
      check.fail(
        'forbidden',
        'aws.role',
        'aws.role must not be combined with allow or managedPolicies: an existing role has its own permissions',
        'leave out allow and managedPolicies, or the role',
      );
    }
    return;
  }
  if ((aws.allow?.length ?? 0) + (aws.managedPolicies?.length ?? 0) === 0) {
    check.fail(
      'required',
      'aws',
      'aws must have a statement in allow, a policy in managedPolicies, or a role',
      "write allow: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::bucket/*'] }], or leave aws out",
    );
  }
  for (const [i, statement] of (aws.allow ?? []).entries()) {
    checkStatement(check, indexPath('aws.allow', i), statement);
  }
  for (const [i, policy] of (aws.managedPolicies ?? []).entries()) {
    if (!isIamArn(policy) && !/^[A-Za-z0-9+=,.@_/-]+$/.test(policy)) {
      const field = indexPath('aws.managedPolicies', i);
      check.fail(
        'invalid',
        field,
        `${field} must be the name or ARN of a managed policy, but is '${policy}'`,
        "write for example 'AmazonS3ReadOnlyAccess'",
      );
    }
  }
}

function checkStatement(check: Check, field: string, statement: AwsStatement): void {
  check.keys<AwsStatement>(field, statement, STATEMENT);
  for (const key of ['actions', 'resources'] as const) {
    if (!statement[key]?.length) {
      check.fail(
        statement[key] === undefined ? 'required' : 'invalid',
        `${field}.${key}`,
        `${field}.${key} must have at least one entry`,
        key === 'actions' ? "write for example ['s3:GetObject']" : "write ARNs, or ['*'] for every resource",
      );
    }
  }
  for (const [i, action] of statement.actions.entries()) {
    if (!/^[a-z0-9-]+:[A-Za-z0-9*?]+$/.test(action)) {
      const at = indexPath(`${field}.actions`, i);
      check.fail(
        'invalid',
        at,
        `${at} must be 'service:Action', but is '${action}'`,
        "write for example 'dynamodb:GetItem'",
      );
    }
  }
  for (const [i, resource] of statement.resources.entries()) {
    if (resource !== '*' && !resource.startsWith('arn:')) {
      const at = indexPath(`${field}.resources`, i);
      check.fail('invalid', at, `${at} must be an ARN or '*', but is '${resource}'`, 'write the ARN of the resource');
    }
  }
}

/** A service account and its permissions. */
export interface AwsIdentity {
  readonly path: string;
  readonly namespace: string;
  readonly serviceAccountName: string;
  readonly aws: AwsAccess | undefined;
  /** Statements for the secrets that the pod mounts. */
  readonly extra: readonly AwsStatement[];
}

/** The pod identity association of a workload, and a step for the owner of an existing role. */
export function identityRequirements(identity: AwsIdentity): Requirement[] {
  const { aws, extra, namespace, serviceAccountName } = identity;
  if (!aws && extra.length === 0) {
    return [];
  }
  const because = `'${identity.path}' has permissions in AWS`;
  const base = { namespace, serviceAccountName, createServiceAccount: false };
  const account = `${namespace}/${serviceAccountName}`;
  const associate = (association: (region: Region) => PodIdentityAssociation): Requirement => ({
    id: `pod-identity/${account}`,
    need: { kind: 'pod-identity', name: account },
    because,
    check: ({ region }) => ({
      status: 'provided',
      addition: { kind: 'pod-identity', association: association(region) },
    }),
  });
  if (aws?.role !== undefined) {
    const roleARN = aws.role;
    const found = [associate(() => ({ ...base, roleARN }))];
    if (extra.length > 0) {
      const title = `Permissions of role ${roleARN}`;
      const list = extra.map((s) => `\`${s.actions.join(', ')}\` on \`${s.resources.join(', ')}\``).join('; ');
      found.push({
        id: `step/${title}/${identity.path}`,
        because,
        check: () => ({
          status: 'provided',
          addition: {
            kind: 'step',
            step: { title, text: `The role of '${identity.path}' exists already; allow it ${list}.` },
          },
        }),
      });
    }
    return found;
  }
  const statements = [...(aws?.allow ?? []), ...extra];
  return [
    associate((region) => ({
      ...base,
      ...(statements.length > 0 ? { permissionPolicy: policyDocument(statements) } : {}),
      ...(aws?.managedPolicies?.length
        ? {
            permissionPolicyARNs: aws.managedPolicies.map((p) =>
              p.startsWith('arn:') ? p : managedPolicyArn(region, p),
            ),
          }
        : {}),
    })),
  ];
}

function policyDocument(statements: readonly AwsStatement[]) {
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
