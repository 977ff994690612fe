import { parseArn } from '../../eks/arn';
import { describe } from '../../kube/describe';
import { groupRule, type Subject } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet } from './unvalidated';

/** Settings of the role that eksctl creates, which are not allowed with an existing role. */
function partsOfRole({ group }: Subject): readonly string[] {
  const { instanceRoleName, attachPolicy, attachPolicyARNs, instanceRolePermissionsBoundary } = group.iam ?? {};
  return [
    ...(isNonEmptyString(instanceRoleName) ? ['instanceRoleName'] : []),
    ...(isSet(attachPolicy) ? ['attachPolicy'] : []),
    ...((attachPolicyARNs?.length ?? 0) > 0 ? ['attachPolicyARNs'] : []),
    ...(isNonEmptyString(instanceRolePermissionsBoundary) ? ['instanceRolePermissionsBoundary'] : []),
    ...addonPolicies(group.iam).map((name) => `withAddonPolicies.${name}`),
  ];
}

/** The enabled policies for add-ons. */
function addonPolicies(iam: Subject['group']['iam']): readonly string[] {
  return Object.entries(iam?.withAddonPolicies ?? {})
    .filter(([, on]) => on === true)
    .map(([name]) => name);
}

function excludes(subject: Subject, own: 'instanceProfileARN' | 'instanceRoleARN'): void {
  const arn = subject.group.iam?.[own];
  for (const part of isNonEmptyString(arn) ? partsOfRole(subject) : []) {
    subject.error(
      `iam.${part}`,
      `not allowed with ${own}, which is ${describe(arn)}`,
      `remove iam.${part}, and add the permissions to that role`,
    );
  }
}

function badPolicies({ group, error }: Subject): void {
  for (const [i, arn] of (group.iam?.attachPolicyARNs ?? []).entries()) {
    if (!parseArn(arn)) {
      error(
        `iam.attachPolicyARNs[${i}]`,
        `invalid ARN ${describe(arn)}`,
        "write for example 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'",
      );
    }
  }
}

/** The IAM role of the nodes. */
export const IAM_RULES: readonly NodeGroupRule[] = [
  groupRule(
    { id: 'B6', enforcedBy: 'eksctl', title: 'disablePodIMDS and iam.withAddonPolicies are mutually exclusive' },
    ({ group, error }) => {
      const policies = addonPolicies(group.iam);
      if (group.disablePodIMDS === true && policies.length > 0) {
        error(
          'iam.withAddonPolicies',
          `${describe(policies)} have no effect with disablePodIMDS, as pods cannot use the node role`,
          'remove withAddonPolicies, and add pod identity associations for the add-ons',
        );
      }
    },
  ),
  groupRule(
    {
      id: 'N2',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'instanceProfileARN cannot be combined with settings of the created role',
    },
    (subject) => excludes(subject, 'instanceProfileARN'),
  ),
  groupRule(
    { id: 'N3', enforcedBy: 'eksctl', title: 'instanceRoleARN cannot be combined with settings of the created role' },
    (subject) => excludes(subject, 'instanceRoleARN'),
  ),
  groupRule(
    { id: 'N4', enforcedBy: 'eksctl', only: 'self-managed', title: 'attachPolicyARNs contains ARNs' },
    badPolicies,
  ),
  groupRule(
    {
      id: 'N5',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'awsLoadBalancerController and albIngress are mutually exclusive',
    },
    ({ group, error }) => {
      const { albIngress, awsLoadBalancerController } = group.iam?.withAddonPolicies ?? {};
      if (albIngress === true && awsLoadBalancerController === true) {
        error(
          'iam.withAddonPolicies.albIngress',
          'cannot be combined with awsLoadBalancerController, its new name',
          'remove albIngress',
        );
      }
    },
  ),
  groupRule(
    { id: 'M1', enforcedBy: 'eksctl', only: 'managed', title: 'a managed group has no instanceProfileARN' },
    ({ group, error }) => {
      if (isNonEmptyString(group.iam?.instanceProfileARN)) {
        error(
          'iam.instanceProfileARN',
          `not allowed in a managed group, but is ${describe(group.iam.instanceProfileARN)}`,
          "write iam.instanceRoleARN: 'arn:aws:iam::111122223333:role/nodes'",
        );
      }
    },
  ),
  groupRule({ id: 'X82', enforcedBy: 'aws', only: 'managed', title: 'attachPolicyARNs contains ARNs' }, badPolicies),
];
