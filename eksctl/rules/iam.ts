import { isArn } from '../../eks/arn';
import { clusterRule, count, entries, hasOidc, hasPolicy, present, repeated } from './accessors';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';

const ACCOUNTS = 'iam.serviceAccounts';

function namespaced(namespace: string | null | undefined, name: string | null | undefined): string {
  return `${isNonEmptyString(namespace) ? namespace : 'default'}/${name ?? ''}`;
}

/** Service accounts that get a role through the cluster's OIDC provider (IRSA). */
export const IAM_RULES = [
  clusterRule('A3a', 'eksctl', 'iam.serviceAccounts requires iam.withOIDC', (config, report) => {
    if (count(config.iam?.serviceAccounts) > 0 && !hasOidc(config)) {
      report.error('iam.withOIDC', 'must be true for iam.serviceAccounts', 'write `withOIDC: true`');
    }
  }),
  clusterRule('A3b', 'eksctl', 'entries of iam.serviceAccounts have a name', ({ iam }, report) => {
    for (const [account, path] of present(iam?.serviceAccounts, ACCOUNTS)) {
      if (!isNonEmptyString(account.metadata?.name)) {
        report.error(`${path}.metadata.name`, 'required', "write for example 'orders'");
      }
    }
  }),
  clusterRule('A3c', 'eksctl', 'entries of iam.serviceAccounts have a unique namespace and name', ({ iam }, report) => {
    const names = present(iam?.serviceAccounts, ACCOUNTS).map(
      ([{ metadata }, path]) => [namespaced(metadata?.namespace, metadata?.name), path] as const,
    );
    for (const [name, path] of repeated(names)) {
      report.error(
        path,
        `duplicate service account '${name}'`,
        'change its name or namespace, or merge the two entries',
      );
    }
  }),
  clusterRule('A3d', 'eksctl', 'entries of iam.serviceAccounts have policies or a role', ({ iam }, report) => {
    for (const [account, path] of present(iam?.serviceAccounts, ACCOUNTS)) {
      const some =
        hasPolicy(account.wellKnownPolicies) ||
        count(account.attachPolicyARNs) > 0 ||
        isSet(account.attachPolicy) ||
        isNonEmptyString(account.attachRoleARN);
      if (!some) {
        report.error(
          path,
          'must have policies or a role',
          "write 'attachPolicyARNs', 'attachPolicy', 'wellKnownPolicies' or 'attachRoleARN'",
        );
      }
    }
  }),
  clusterRule('X20', 'aws', 'a service account has one pod identity association', (config, report) => {
    const pairs = entries(config.iam?.podIdentityAssociations, 'iam.podIdentityAssociations').map(
      ([{ namespace, serviceAccountName }, path]) => [`${namespace}/${serviceAccountName}`, path] as const,
    );
    for (const [name, path] of repeated(pairs)) {
      report.error(
        path,
        `duplicate association of '${name}': EKS allows one per service account`,
        'merge the two entries',
      );
    }
  }),
  clusterRule(
    'X21',
    'aws',
    'a service account gets its role from pod identity or IRSA, not both',
    ({ iam }, report) => {
      const byToken = new Set(
        present(iam?.serviceAccounts, ACCOUNTS).map(([{ metadata }]) =>
          namespaced(metadata?.namespace, metadata?.name),
        ),
      );
      for (const [{ namespace, serviceAccountName }, path] of entries(
        iam?.podIdentityAssociations,
        'iam.podIdentityAssociations',
      )) {
        if (byToken.has(`${namespace}/${serviceAccountName}`)) {
          report.warning(
            path,
            `'${namespace}/${serviceAccountName}' is also in iam.serviceAccounts, but pods use only one role`,
            "keep the association, and delete the entry in 'iam.serviceAccounts'",
          );
        }
      }
    },
  ),
  clusterRule('X22', 'aws', 'roles and policies are ARNs', (config, report) => {
    for (const [text, path] of arns(config)) {
      if (isNonEmptyString(text) && !isArn(text)) {
        report.error(path, `invalid ARN '${text}'`, "write for example 'arn:aws:iam::111122223333:role/orders'");
      }
    }
  }),
];

/** ARNs that eksctl passes to AWS without validation. */
function arns({ iam, addons, fargateProfiles }: UnvalidatedConfig): (readonly [string | null | undefined, string])[] {
  const list = (values: readonly (string | null)[] | null | undefined, path: string) =>
    (values ?? []).map((value, i) => [value, `${path}[${i}]`] as const);
  const associations = [
    ...entries(iam?.podIdentityAssociations, 'iam.podIdentityAssociations'),
    ...present(addons, 'addons').flatMap(([addon, at]) =>
      entries(addon.podIdentityAssociations, `${at}.podIdentityAssociations`),
    ),
  ];
  return [
    [iam?.serviceRoleARN, 'iam.serviceRoleARN'],
    [iam?.fargatePodExecutionRoleARN, 'iam.fargatePodExecutionRoleARN'],
    ...present(iam?.serviceAccounts, ACCOUNTS).flatMap(([account, path]) => [
      [account.attachRoleARN, `${path}.attachRoleARN`] as const,
      ...list(account.attachPolicyARNs, `${path}.attachPolicyARNs`),
    ]),
    ...associations.flatMap(([association, path]) => [
      [association.roleARN, `${path}.roleARN`] as const,
      [association.targetRoleARN, `${path}.targetRoleARN`] as const,
      ...list(association.permissionPolicyARNs, `${path}.permissionPolicyARNs`),
    ]),
    ...present(addons, 'addons').flatMap(([addon, path]) => [
      [addon.serviceAccountRoleARN, `${path}.serviceAccountRoleARN`] as const,
      ...list(addon.attachPolicyARNs, `${path}.attachPolicyARNs`),
    ]),
    ...present(fargateProfiles, 'fargateProfiles').map(
      ([profile, path]) => [profile.podExecutionRoleARN, `${path}.podExecutionRoleARN`] as const,
    ),
  ];
}
