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

/** Whether the file asks for any pod identity; `by` names the place. */
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

/** Namespace, service account, and exactly one source of permissions. */
export function checkAssociation(association: Association, path: string, report: Report): void {
  const { namespace, serviceAccountName, roleARN, permissionPolicy, permissionPolicyARNs, wellKnownPolicies } =
    association;
  if (!isNonEmptyString(namespace)) {
    report.error(`${path}.namespace`, 'the association has no namespace', "write for example 'shop'");
  }
  if (!isNonEmptyString(serviceAccountName)) {
    report.error(`${path}.serviceAccountName`, 'the association has no service account', "write for example 'orders'");
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
      'the association grants nothing',
      "write 'roleARN', 'permissionPolicyARNs', 'permissionPolicy' or 'wellKnownPolicies'",
    );
  }
  for (const key of isNonEmptyString(roleARN) ? given : []) {
    report.error(`${path}.${key}`, `the role ${roleARN} has its own policies`, `delete '${key}', or 'roleARN'`);
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
      `'${name}' names no policy`,
      "write 'permissionPolicy', or delete the name",
    );
  } else if (isNonEmptyString(name) && !/[a-zA-Z0-9]/.test(name)) {
    report.error(`${path}.permissionPolicyName`, `'${name}' has no letter or digit`, "write for example 'read-orders'");
  }
}

/** EKS Pod Identity, of workloads and of add-ons. */
export const POD_IDENTITY_RULES = [
  clusterRule(
    'L10',
    'eksctl',
    'pod identity needs the add-on eks-pod-identity-agent, unless in Auto Mode',
    (config, report) => {
      const use = podIdentityUse(config);
      const agent = present(config.addons, 'addons').some(([{ name }]) => name === 'eks-pod-identity-agent');
      if (use !== undefined && !agent && !isAutoMode(config)) {
        report.error(
          'addons',
          `'${use}' needs the pod identity agent`,
          "add { name: 'eks-pod-identity-agent' } to 'addons'",
        );
      }
    },
  ),
  clusterRule(
    'L11',
    'eksctl',
    'an association names a service account and one source of permissions',
    ({ iam }, report) => {
      for (const [association, path] of entries<Association>(iam?.podIdentityAssociations, ASSOCIATIONS)) {
        checkAssociation(association, path, report);
      }
    },
  ),
  clusterRule('A4', 'eksctl', 'permissionPolicyName has a policy to name, and a letter or digit', (config, report) => {
    const all = [
      ...entries<Association>(config.iam?.podIdentityAssociations, ASSOCIATIONS),
      ...present(config.addons, 'addons').flatMap(([addon, path]) => associationsOf(addon, path)),
    ];
    for (const [association, path] of all) {
      checkPolicyName(association, path, report);
    }
  }),
  clusterRule(
    'A15a',
    'eksctl',
    'an association of an add-on has neither wellKnownPolicies nor tags',
    (config, report) => {
      for (const [association, path] of present(config.addons, 'addons').flatMap(([addon, at]) =>
        associationsOf(addon, at),
      )) {
        if (hasPolicy(association.wellKnownPolicies)) {
          report.error(
            `${path}.wellKnownPolicies`,
            'eksctl makes no well-known policies for add-ons',
            "write 'permissionPolicyARNs', or 'useDefaultPodIdentityAssociations: true' on the add-on instead",
          );
        }
        if (isSet(association.tags)) {
          report.error(`${path}.tags`, `tags ${describe(association.tags)} are not taken here`, "delete 'tags'");
        }
      }
    },
  ),
  clusterRule(
    'A15b',
    'eksctl',
    'useDefaultPodIdentityAssociations excludes every other permission of the add-on',
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
              `'${key}' stands beside useDefaultPodIdentityAssociations`,
              `delete '${key}', or 'useDefaultPodIdentityAssociations'`,
            );
          }
        }
      }
    },
  ),
];
