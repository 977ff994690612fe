import { isIamArn, managedPolicyArn, roleNameOf } from '../../eks/arn';
import type { Arn, Region } from '../../eks/values';
import type { PodIdentityAssociation } from '../../eksctl/types';
import { copyPlain } from '../../kube/copy';
import { describe } from '../../kube/describe';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Requirement } from '../core/requirements';

/** One Allow statement. */
export interface AwsStatement {
  /** 'service:Action', wildcards allowed in Action: 'dynamodb:GetItem'. */
  readonly actions: readonly string[];
  /** ARNs, or '*'. */
  readonly resources: readonly Arn[];
  /** IAM conditions: operator, key, values. @default - none */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}
/** A role that exists already, with permissions of its own. */
export interface AwsRole {
  /** Its ARN; it must trust pods.eks.amazonaws.com. */
  readonly role: Arn;
  readonly allow?: never;
  readonly managedPolicies?: never;
}
/** Permissions of a role that eksctl makes. */
export interface AwsPermissions {
  /** Statements of an inline policy. @default - none */
  readonly allow?: readonly AwsStatement[];
  /** Names or ARNs of AWS managed policies. @default - none */
  readonly managedPolicies?: readonly string[];
  readonly role?: never;
}
/** Permissions in AWS, granted to the workload's own role by EKS Pod Identity. */
export type AwsAccess = AwsRole | AwsPermissions;

const ACCESS: KeyTable<AwsAccess> = { role: true, allow: true, managedPolicies: true };
const STATEMENT: KeyTable<AwsStatement> = { actions: true, resources: true, conditions: true };

export function checkAwsAccess(check: Check, aws: AwsAccess): void {
  check.keys<AwsAccess>('aws', aws, ACCESS);
  if (aws.role !== undefined) {
    if (roleNameOf(aws.role) === undefined) {
      check.fail(`aws.role ${describe(aws.role)} is no ARN of a role`, "write 'arn:aws:iam::111122223333:role/NAME'");
    }
    if (aws.allow !== undefined || aws.managedPolicies !== undefined) {
      check.fail(
        'aws has a role and permissions',
        'an existing role brings its own permissions: leave out allow and managedPolicies',
      );
    }
    return;
  }
  if ((aws.allow?.length ?? 0) + (aws.managedPolicies?.length ?? 0) === 0) {
    check.fail(
      'aws grants nothing',
      "write allow: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::bucket/*'] }], or leave aws out",
    );
  }
  for (const statement of aws.allow ?? []) {
    check.keys<AwsStatement>('aws.allow', statement, STATEMENT);
    if (statement.actions.length === 0 || statement.resources.length === 0) {
      check.fail('aws.allow has a statement without actions or resources', "name both, '*' for every resource");
    }
    for (const action of statement.actions) {
      if (!/^[a-z0-9-]+:[A-Za-z0-9*?]+$/.test(action)) {
        check.fail(`aws.allow has the action '${action}'`, "write 'service:Action', such as 'dynamodb:GetItem'");
      }
    }
    for (const resource of statement.resources) {
      if (resource !== '*' && !resource.startsWith('arn:')) {
        check.fail(`aws.allow has the resource '${resource}'`, "write its ARN, or '*'");
      }
    }
  }
  for (const policy of aws.managedPolicies ?? []) {
    if (!isIamArn(policy) && !/^[A-Za-z0-9+=,.@_/-]+$/.test(policy)) {
      check.fail(`aws.managedPolicies has '${policy}'`, "write its name, 'AmazonS3ReadOnlyAccess', or its ARN");
    }
  }
}

/** Who gets which permissions. */
export interface AwsIdentity {
  readonly path: string;
  readonly namespace: string;
  readonly serviceAccountName: string;
  readonly aws: AwsAccess | undefined;
  /** Statements that the library adds: secrets that the pod mounts. */
  readonly extra: readonly AwsStatement[];
}

/** The pod identity association of a workload, and what an existing role must be allowed by its owner. */
export function identityRequirements(facts: AwsIdentity): Requirement[] {
  const { aws, extra, namespace, serviceAccountName } = facts;
  if (!aws && extra.length === 0) {
    return [];
  }
  const because = `'${facts.path}' has permissions in AWS`;
  const base = { namespace, serviceAccountName, createServiceAccount: false };
  const account = `${namespace}/${serviceAccountName}`;
  const associate = (association: (region: Region) => PodIdentityAssociation): Requirement => ({
    id: `pod-identity/${account}`,
    need: { kind: 'pod-identity', name: account },
    because,
    check: ({ region }) => ({
      status: 'provide',
      provision: { kind: 'pod-identity', association: association(region) },
    }),
  });
  if (aws?.role !== undefined) {
    const roleARN = aws.role;
    const found = [associate(() => ({ ...base, roleARN }))];
    if (extra.length > 0) {
      const title = `Permissions of role ${roleARN}`;
      const list = extra.map((s) => `\`${s.actions.join(', ')}\` on \`${s.resources.join(', ')}\``).join('; ');
      found.push({
        id: `step/${title}/${facts.path}`,
        because,
        check: () => ({
          status: 'provide',
          provision: {
            kind: 'step',
            step: { title, text: `The role of '${facts.path}' exists already; allow it ${list}.` },
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
