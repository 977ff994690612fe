import { isIamArn, managedPolicyArn, roleNameOf } from '../../eks/arn';
import type { Region } from '../../eks/values';
import type { PodIdentityAssociation } from '../../eksctl/types';
import { copyPlain } from '../../kube/copy';
import { describe } from '../../kube/describe';
import { indexPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Requirement } from '../core/requirements';
import { checkAllowed, statementsOf } from './allowed';
import type { AwsAccess } from './aws-props';
import { AwsGrant } from './grants/grant';
import type { AwsStatement } from './statement';

const ACCESS: KeyTable<AwsAccess> = {
  role: 'text',
  allow: 'list',
  managedPolicies: 'texts',
  by: true,
  account: 'text',
};

/** What decides on the way beside `aws.by`. */
export interface AwsSite {
  /** Where the pods run. */
  readonly computeType: 'fargate' | 'hybrid' | undefined;
  readonly isWindows: boolean;
  /** Whether the app has a Cluster, which makes roles. */
  readonly hasCluster: boolean;
  /** Whether the pod gets secrets of AWS, which their driver fetches by Pod Identity. */
  readonly mountsSecrets: boolean;
}

/** Whether the role comes by the annotation of the ServiceAccount. */
export function isIrsa(
  aws: AwsAccess | undefined,
  { computeType, isWindows }: Pick<AwsSite, 'computeType' | 'isWindows'>,
): boolean {
  return (
    aws !== undefined && (aws.by ?? (computeType === undefined && !isWindows ? 'pod-identity' : 'irsa')) === 'irsa'
  );
}

export function checkAwsAccess(check: Check, aws: AwsAccess, site: AwsSite): void {
  check.keys<AwsAccess>('aws', aws, ACCESS);
  if (aws.by !== undefined) {
    check.oneOf('aws.by', aws.by, ['pod-identity', 'irsa']);
  }
  checkWay(check, aws, site);
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
      "write allow: [Aws.s3('bucket').read()], or leave aws out",
    );
  }
  checkAllowed(check, aws.allow ?? []);
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

/** With EKS Pod Identity: the account is of resources by name alone. */
function checkAccount(check: Check, { account, allow = [] }: AwsAccess): void {
  if (account === undefined) {
    return;
  }
  if (!/^\d{12}$/.test(account)) {
    check.fail(
      'invalid',
      'aws.account',
      `aws.account must be 12 digits, but is ${describe(account)}`,
      "write account: '111122223333'",
    );
  }
  if (!allow.some((one) => one instanceof AwsGrant)) {
    check.fail(
      'forbidden',
      'aws.account',
      "aws.account is for grants on resources by name and for aws.by 'irsa' only",
      'leave it out',
    );
  }
}

function checkWay(check: Check, aws: AwsAccess, site: AwsSite): void {
  const { computeType, isWindows, hasCluster, mountsSecrets } = site;
  if ((computeType === 'fargate' || isWindows) && aws.by === 'pod-identity') {
    check.fail(
      'unsupported',
      'aws.by',
      `aws.by must be 'irsa' on ${isWindows ? 'Windows' : 'Fargate'}, where the agent of EKS Pod Identity does not run`,
      "leave it out, or write by: 'irsa'",
    );
  }
  if (!isIrsa(aws, site)) {
    checkAccount(check, aws);
    return;
  }
  if (mountsSecrets) {
    check.fail(
      'forbidden',
      'aws.by',
      "aws.by must not be 'irsa' for a workload with secrets of AWS: their driver fetches them by EKS Pod Identity",
      'use Secret.existing for the secrets, or a workload on nodes for what needs them',
    );
  }
  if (aws.role !== undefined) {
    return;
  }
  if (!/^\d{12}$/.test(aws.account ?? '')) {
    check.fail(
      aws.account === undefined ? 'required' : 'invalid',
      'aws.account',
      `aws.account must be the 12 digits of the cluster's account, but is ${describe(aws.account)}: the ServiceAccount names the role by its ARN`,
      "write account: '111122223333', or the ARN of an existing role",
    );
  }
  if (!hasCluster) {
    check.fail(
      'required',
      'aws.role',
      'aws.role is required for IRSA without a Cluster in the app, which would make the role',
      "write role: 'arn:aws:iam::111122223333:role/NAME'",
    );
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
  const hasStatements = (aws?.allow?.length ?? 0) + extra.length > 0;
  const statements = (region: Region) => [...statementsOf(aws, region), ...extra];
  return [
    associate((region) => ({
      ...base,
      ...(hasStatements ? { permissionPolicy: policyDocument(statements(region)) } : {}),
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
