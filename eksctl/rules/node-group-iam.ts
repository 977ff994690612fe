import { parseArn } from '../../eks/arn';
import { describe } from '../../kube/describe';
import { groupRule, type Subject } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet } from './unvalidated';

/** What eksctl puts into the role that it makes, so that it has no place beside a role of one's own. */
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

/** The policies for add-ons that are switched on. */
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
      `${part} is for a role that eksctl makes, but ${own} brings one, ${describe(arn)}`,
      `leave iam.${part} out, and give that role what it needs`,
    );
  }
}

function badPolicies({ group, error }: Subject): void {
  for (const [i, arn] of (group.iam?.attachPolicyARNs ?? []).entries()) {
    if (!parseArn(arn)) {
      error(
        `iam.attachPolicyARNs[${i}]`,
        `${describe(arn)} is no ARN`,
        "write for example 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'",
      );
    }
  }
}

/** The role of the nodes, and who else may use it. */
export const IAM_RULES: readonly NodeGroupRule[] = [
  groupRule(
    { id: 'B6', enforcedBy: 'eksctl', title: 'either disablePodIMDS or iam.withAddonPolicies' },
    ({ group, error }) => {
      const policies = addonPolicies(group.iam);
      if (group.disablePodIMDS === true && policies.length > 0) {
        error(
          'iam.withAddonPolicies',
          `pods cannot reach the node's role (disablePodIMDS), so ${describe(policies)} would do nothing`,
          'leave withAddonPolicies out, and give the add-ons pod identity associations',
        );
      }
    },
  ),
  groupRule(
    { id: 'N2', enforcedBy: 'eksctl', only: 'self-managed', title: 'instanceProfileARN excludes what makes a role' },
    (subject) => excludes(subject, 'instanceProfileARN'),
  ),
  groupRule({ id: 'N3', enforcedBy: 'eksctl', title: 'instanceRoleARN excludes what makes a role' }, (subject) =>
    excludes(subject, 'instanceRoleARN'),
  ),
  groupRule({ id: 'N4', enforcedBy: 'eksctl', only: 'self-managed', title: 'attachPolicyARNs are ARNs' }, badPolicies),
  groupRule(
    { id: 'N5', enforcedBy: 'eksctl', only: 'self-managed', title: 'either awsLoadBalancerController or albIngress' },
    ({ group, error }) => {
      const { albIngress, awsLoadBalancerController } = group.iam?.withAddonPolicies ?? {};
      if (albIngress === true && awsLoadBalancerController === true) {
        error(
          'iam.withAddonPolicies.albIngress',
          'albIngress is the old name of awsLoadBalancerController, and both are on',
          'leave albIngress out',
        );
      }
    },
  ),
  groupRule({ id: 'M1', enforcedBy: 'eksctl', only: 'managed', title: 'no instanceProfileARN' }, ({ group, error }) => {
    if (isNonEmptyString(group.iam?.instanceProfileARN)) {
      error(
        'iam.instanceProfileARN',
        `instanceProfileARN is ${describe(group.iam.instanceProfileARN)}; EKS makes the profile of a managed group`,
        "write iam.instanceRoleARN: 'arn:aws:iam::111122223333:role/nodes'",
      );
    }
  }),
  groupRule({ id: 'X82', enforcedBy: 'aws', only: 'managed', title: 'attachPolicyARNs are ARNs' }, badPolicies),
];
