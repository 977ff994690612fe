import { describe } from '../../kube/describe';
import { clusterRule, count, entries, hasPolicy, isAutoMode, keys, present } from './accessors';
import type { Report } from './rule';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';

type Association = NonNullable<NonNullable<NonNullable<UnvalidatedConfig['iam']>['podIdentityAssociations']>[number]>;
type Addon = NonNullable<NonNullable<UnvalidatedConfig['addons']>[number]>;

const ASSOCIATIONS = 'iam.podIdentityAssociations';

/** The associations of an add-on with their paths. */
export function associationsOf(addon: Addon, path: string): (readonly [Association, string])[] {
  return entries<Association>(addon.podIdentityAssociations, `${path}.podIdentityAssociations`);
}

/** The path that uses pod identity; undefined if there is none. */
export function podIdentityUse(config: UnvalidatedConfig): string | undefined {
  if (count(config.iam?.podIdentityAssociations) > 0) {
    return ASSOCIATIONS;
  }
  const addons = present(config.addons, 'addons');
  if (config.addonsConfig?.autoApplyPodIdentityAssociations === true && addons.length > 0) {
    return 'addonsConfig.autoApplyPodIdentityAssociations';
  }
  const [user] = addons.filter(
    ([addon]) => addon.useDefaultPodIdentityAssociations === true || count(addon.podIdentityAssociations) > 0,
  );
  return user?.[1];
}

/** Checks namespace, service account, and exactly one source of permissions. */
export function checkAssociation(association: Association, path: string, report: Report): void {
  const { namespace, serviceAccountName, roleARN, permissionPolicy, permissionPolicyARNs, wellKnownPolicies } =
    association;
  if (!isNonEmptyString(namespace)) {
    report.error(`${path}.namespace`, 'required', "write for example 'shop'");
  }
  if (!isNonEmptyString(serviceAccountName)) {
    report.error(`${path}.serviceAccountName`, 'required', "write for example 'orders'");
  }
  const policies = {
    permissionPolicy: keys(permissionPolicy).length > 0,
    permissionPolicyARNs: count(permissionPolicyARNs) > 0,
    wellKnownPolicies: hasPolicy(wellKnownPolicies),
  };
  const given = Object.entries(policies).flatMap(([key, set]) => (set ? [key] : []));
  if (!isNonEmptyString(roleARN) && given.length === 0) {
    report.error(
      path,
      'must have a role or policies',
      "write 'roleARN', 'permissionPolicyARNs', 'permissionPolicy' or 'wellKnownPolicies'",
    );
  }
  for (const key of isNonEmptyString(roleARN) ? given : []) {
    report.error(`${path}.${key}`, `cannot be combined with roleARN '${roleARN}'`, `delete '${key}', or 'roleARN'`);
  }
}

function checkPolicyName(
  { permissionPolicyName: name, permissionPolicy }: Association,
  path: string,
  report: Report,
): void {
  if (isNonEmptyString(name) && keys(permissionPolicy).length === 0) {
    report.error(
      `${path}.permissionPolicyName`,
      `requires permissionPolicy, but is '${name}' without it`,
      "set 'permissionPolicy', or delete 'permissionPolicyName'",
    );
  } else if (isNonEmptyString(name) && !/[a-zA-Z0-9]/.test(name)) {
    report.error(
      `${path}.permissionPolicyName`,
      `must contain a letter or digit, but is '${name}'`,
      "write for example 'read-orders'",
    );
  }
}

/** EKS Pod Identity of workloads and add-ons. */
export const POD_IDENTITY_RULES = [
  clusterRule(
    'L10',
    'eksctl',
    'pod identity requires the add-on eks-pod-identity-agent, except in Auto Mode',
    (config, report) => {
      const use = podIdentityUse(config);
      const agent = present(config.addons, 'addons').some(([{ name }]) => name === 'eks-pod-identity-agent');
      if (use !== undefined && !agent && !isAutoMode(config)) {
        report.error(
          'addons',
          `'eks-pod-identity-agent' is required by '${use}'`,
          "add { name: 'eks-pod-identity-agent' } to 'addons'",
        );
      }
    },
  ),
  clusterRule(
    'L11',
    'eksctl',
    'an association has a service account and one source of permissions',
    ({ iam }, report) => {
      for (const [association, path] of entries<Association>(iam?.podIdentityAssociations, ASSOCIATIONS)) {
        checkAssociation(association, path, report);
      }
    },
  ),
  clusterRule(
    'A4',
    'eksctl',
    'permissionPolicyName requires permissionPolicy, and contains a letter or digit',
    (config, report) => {
      const all = [
        ...entries<Association>(config.iam?.podIdentityAssociations, ASSOCIATIONS),
        ...present(config.addons, 'addons').flatMap(([addon, path]) => associationsOf(addon, path)),
      ];
      for (const [association, path] of all) {
        checkPolicyName(association, path, report);
      }
    },
  ),
  clusterRule('A15a', 'eksctl', 'an association of an add-on has no wellKnownPolicies or tags', (config, report) => {
    for (const [association, path] of present(config.addons, 'addons').flatMap(([addon, at]) =>
      associationsOf(addon, at),
    )) {
      if (hasPolicy(association.wellKnownPolicies)) {
        report.error(
          `${path}.wellKnownPolicies`,
          'not supported in associations of add-ons',
          "set 'permissionPolicyARNs', or write `useDefaultPodIdentityAssociations: true` on the add-on",
        );
      }
      if (isSet(association.tags)) {
        report.error(
          `${path}.tags`,
          `not supported in associations of add-ons, but is ${describe(association.tags)}`,
          "delete 'tags'",
        );
      }
    }
  }),
  clusterRule(
    'A15b',
    'eksctl',
    'useDefaultPodIdentityAssociations cannot be combined with other permissions',
    (config, report) => {
      for (const [addon, path] of present(config.addons, 'addons')) {
        const others = {
          podIdentityAssociations: count(addon.podIdentityAssociations) > 0,
          serviceAccountRoleARN: isNonEmptyString(addon.serviceAccountRoleARN),
          wellKnownPolicies: hasPolicy(addon.wellKnownPolicies),
          attachPolicy: keys(addon.attachPolicy).length > 0,
          attachPolicyARNs: count(addon.attachPolicyARNs) > 0,
        };
        for (const [key, set] of Object.entries(others)) {
          if (addon.useDefaultPodIdentityAssociations === true && set) {
            report.error(
              `${path}.${key}`,
              'cannot be combined with useDefaultPodIdentityAssociations',
              `delete '${key}', or 'useDefaultPodIdentityAssociations'`,
            );
          }
        }
      }
    },
  ),
];
