import { isArn } from '../../eks/arn';
import { clusterRule, count, entries, hasOidc, hasPolicy, present, repeated } from './accessors';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';

const ACCOUNTS = 'iam.serviceAccounts';

function namespaced(namespace: string | null | undefined, name: string | null | undefined): string {
  return `${isNonEmptyString(namespace) ? namespace : 'default'}/${name ?? ''}`;
}

/** The service accounts that get a role through the cluster's OIDC provider. */
export const IAM_RULES = [
  clusterRule('A3a', 'eksctl', 'iam.serviceAccounts needs iam.withOIDC', (config, report) => {
    if (count(config.iam?.serviceAccounts) > 0 && !hasOidc(config)) {
      report.error(
        'iam.withOIDC',
        'iam.serviceAccounts need the OIDC provider, which is off',
        "write 'withOIDC: true'",
      );
    }
  }),
  clusterRule('A3b', 'eksctl', 'each of iam.serviceAccounts has a name', ({ iam }, report) => {
    for (const [account, path] of present(iam?.serviceAccounts, ACCOUNTS)) {
      if (!isNonEmptyString(account.metadata?.name)) {
        report.error(`${path}.metadata.name`, 'the service account has no name', "write for example 'orders'");
      }
    }
  }),
  clusterRule('A3c', 'eksctl', 'namespace and name of iam.serviceAccounts are unique', ({ iam }, report) => {
    const names = present(iam?.serviceAccounts, ACCOUNTS).map(
      ([{ metadata }, path]) => [namespaced(metadata?.namespace, metadata?.name), path] as const,
    );
    for (const [name, path] of repeated(names)) {
      report.error(
        path,
        `'${name}' is listed before`,
        'give it another name or namespace, or make the two entries one',
      );
    }
  }),
  clusterRule('A3d', 'eksctl', 'each of iam.serviceAccounts says its policies or role', ({ iam }, report) => {
    for (const [account, path] of present(iam?.serviceAccounts, ACCOUNTS)) {
      const some =
        hasPolicy(account.wellKnownPolicies) ||
        count(account.attachPolicyARNs) > 0 ||
        isSet(account.attachPolicy) ||
        isNonEmptyString(account.attachRoleARN);
      if (!some) {
        report.error(
          path,
          'the service account gets no permission',
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
      report.error(path, `'${name}' has an association already, and EKS keeps one`, 'make the two entries one');
    }
  }),
  clusterRule(
    'X21',
    'aws',
    'a service account gets its role from pod identity or from a token, not both',
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
            `'${namespace}/${serviceAccountName}' stands in iam.serviceAccounts as well, and pods use one role only`,
            "keep the association, and delete the entry in 'iam.serviceAccounts'",
          );
        }
      }
    },
  ),
  clusterRule('X22', 'aws', 'roles and policies are named by ARNs', (config, report) => {
    for (const [text, path] of arns(config)) {
      if (isNonEmptyString(text) && !isArn(text)) {
        report.error(path, `'${text}' is no ARN`, "write for example 'arn:aws:iam::111122223333:role/orders'");
      }
    }
  }),
];

/** What eksctl hands over to AWS unread. */
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
