import { isIamArn, roleNameOf } from '../../eks/arn';
import type { WellKnownPolicies } from '../../eksctl/types/common';
import { describe } from '../../kube/describe';
import { indexPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import { checkAllowed } from './allowed';
import type { AwsAccess } from './aws-props';
import { AwsGrant } from './grants/grant';

const ACCESS: KeyTable<AwsAccess> = {
  role: 'text',
  allow: 'list',
  managedPolicies: 'texts',
  wellKnownPolicies: 'texts',
  permissionsBoundary: 'text',
  by: true,
  account: 'text',
  targetRole: 'text',
  sessionTags: 'boolean',
};
/** What of a role that eksctl makes. */
const OF_OWN_ROLE = ['allow', 'managedPolicies', 'wellKnownPolicies', 'permissionsBoundary'] as const;
/** What gives permissions. */
/** Policies of AWS with which one can give oneself any permission. */
const TOO_MUCH = ['AdministratorAccess', 'IAMFullAccess', 'PowerUserAccess'];
const PERMISSIONS = ['allow', 'managedPolicies', 'wellKnownPolicies'] as const;

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

/** Checked by the compiler against what eksctl has. */
const KNOWN: KeyTable<WellKnownPolicies> = {
  autoScaler: 'boolean',
  awsLoadBalancerController: 'boolean',
  certManager: 'boolean',
  ebsCSIController: 'boolean',
  efsCSIController: 'boolean',
  externalDNS: 'boolean',
  imageBuilder: 'boolean',
};
const WELL_KNOWN = Object.keys(KNOWN);

export function checkAwsAccess(check: Check, aws: AwsAccess, site: AwsSite): void {
  check.keys<AwsAccess>('aws', aws, ACCESS);
  if (aws.by !== undefined) {
    check.oneOf('aws.by', aws.by, ['pod-identity', 'irsa']);
  }
  checkWay(check, aws, site);
  checkBoundary(check, aws);
  checkTarget(check, aws);
  for (const [i, name] of (aws.wellKnownPolicies ?? []).entries()) {
    check.oneOf(indexPath('aws.wellKnownPolicies', i), name, WELL_KNOWN);
  }
  if (aws.role !== undefined) {
    if (roleNameOf(aws.role) === undefined) {
      check.fail(
        typeof aws.role === 'string' ? 'invalid' : 'type',
        'aws.role',
        `aws.role must be the ARN of a role, but is ${describe(aws.role)}`,
        "write 'arn:aws:iam::111122223333:role/NAME'",
      );
    }
    if (OF_OWN_ROLE.some((key) => aws[key] !== undefined)) {
      check.fail(
        'forbidden',
        'aws.role',
        `aws.role must not be combined with ${OF_OWN_ROLE.join(', ')}: an existing role has its own permissions`,
        'leave out these, or the role',
      );
    }
    return;
  }
  if (aws.targetRole !== undefined) {
    return;
  }
  if (PERMISSIONS.every((key) => (aws[key]?.length ?? 0) === 0)) {
    check.fail(
      'required',
      'aws',
      'aws must have an entry in allow, managedPolicies or wellKnownPolicies, or a role',
      "write allow: [Aws.s3('bucket').read()], or leave aws out",
    );
  }
  checkAllowed(check, aws.allow ?? []);
  for (const [i, policy] of (aws.managedPolicies ?? []).entries()) {
    const name = policy.slice(policy.lastIndexOf('/') + 1);
    if (TOO_MUCH.includes(name)) {
      check.fail(
        'forbidden',
        indexPath('aws.managedPolicies', i),
        `${indexPath('aws.managedPolicies', i)} must not be '${name}', with which a pod that is taken over has the account`,
        "grant what the program does: allow: [Aws.s3('bucket').read()]; for a program that needs all of it, make a role and name it as aws.role",
      );
    }
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

function checkBoundary(check: Check, { permissionsBoundary }: AwsAccess): void {
  if (permissionsBoundary !== undefined && !isIamArn(permissionsBoundary)) {
    check.fail(
      'invalid',
      'aws.permissionsBoundary',
      `aws.permissionsBoundary must be the ARN of a policy, but is '${permissionsBoundary}'`,
      "write 'arn:aws:iam::111122223333:policy/NAME'",
    );
  }
}

function checkTarget(check: Check, aws: AwsAccess): void {
  if (aws.targetRole === undefined) {
    return;
  }
  if (roleNameOf(aws.targetRole) === undefined) {
    check.fail(
      'invalid',
      'aws.targetRole',
      `aws.targetRole must be the ARN of a role, but is '${aws.targetRole}'`,
      "write 'arn:aws:iam::444455556666:role/NAME'",
    );
  }
  const given = PERMISSIONS.find((key) => aws[key] !== undefined);
  if (given !== undefined) {
    check.fail(
      'forbidden',
      `aws.${given}`,
      `aws.${given} must be left out with targetRole, since the pods have the permissions of that role alone`,
      "give the permissions to the target role, or write Aws.role(...).assume() in 'allow' in place of targetRole",
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
  for (const key of ['targetRole', 'sessionTags'] as const) {
    if (aws[key] !== undefined) {
      check.fail('forbidden', `aws.${key}`, `aws.${key} is for EKS Pod Identity only`, 'leave it out');
    }
  }
  if (mountsSecrets) {
    check.fail(
      'forbidden',
      'aws.by',
      "aws.by must not be 'irsa' for a workload with secrets of AWS: their driver fetches them by EKS Pod Identity",
      'bring the secrets by SecretSource.externalSecrets(), or use Secret.existing',
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
