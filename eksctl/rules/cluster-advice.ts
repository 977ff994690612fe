import { type AddonSpec, addonSpec } from '../../eks/addons';
import {
  allGroups,
  clusterRule,
  count,
  entries,
  hasOidc,
  isOnOutposts,
  isPrivate,
  present,
  strings,
} from './accessors';
import { tokenRoleFields } from './addons';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';

type Addon = NonNullable<NonNullable<UnvalidatedConfig['addons']>[number]>;

/** What is allowed, but seldom meant. */
export const CLUSTER_ADVICE = [
  clusterRule('X32', 'aws', 'who may reach the API server is said', (config, report) => {
    const endpoints = config.vpc?.clusterEndpoints;
    const open = endpoints?.publicAccess !== false && !isPrivate(config) && !isOnOutposts(config);
    if (open && count(config.vpc?.publicAccessCIDRs) === 0) {
      report.warning(
        'vpc.publicAccessCIDRs',
        'the API server can be reached from the whole internet (0.0.0.0/0)',
        "name who may, such as ['203.0.113.0/24'], or write ['0.0.0.0/0'] when it is meant",
      );
    }
  }),
  clusterRule('X33', 'aws', 'publicAccessCIDRs need a public endpoint', (config, report) => {
    const closed = config.vpc?.clusterEndpoints?.publicAccess === false || isPrivate(config);
    if (closed && count(config.vpc?.publicAccessCIDRs) > 0) {
      report.warning(
        'vpc.publicAccessCIDRs',
        'there is no public endpoint to which they could apply',
        "delete 'publicAccessCIDRs'",
      );
    }
  }),
  clusterRule('X34', 'aws', 'eksctl reaches the API server', (config, report) => {
    const { publicAccess, privateAccess } = config.vpc?.clusterEndpoints ?? {};
    if (publicAccess === false && privateAccess === true && !isPrivate(config) && !isOnOutposts(config)) {
      report.warning(
        'vpc.clusterEndpoints.publicAccess',
        'the API server is reached from within the VPC only, by eksctl and kubectl as well',
        "run eksctl in the VPC, or write 'publicAccess: true' with 'publicAccessCIDRs'",
      );
    }
  }),
  clusterRule('X13', 'aws', 'an add-on has the permissions that it needs', (config, report) => {
    for (const [addon, path] of present(config.addons, 'addons')) {
      const facts = factsOf(addon);
      if (facts?.needs && !hasPermissions(config, addon, facts)) {
        report.warning(
          path,
          `'${addon.name}' gets no AWS permissions, and does nothing without`,
          facts.needs.policy
            ? "write 'useDefaultPodIdentityAssociations: true' on it"
            : `add an association of '${facts.serviceAccount}' to 'iam.podIdentityAssociations'`,
        );
      }
    }
  }),
  clusterRule('X14', 'aws', 'an add-on stands beside those that it needs', ({ addons }, report) => {
    const names = present(addons, 'addons').map(([{ name }]) => name);
    for (const [addon, path] of present(addons, 'addons')) {
      for (const needed of factsOf(addon)?.requires ?? []) {
        if (!names.includes(needed)) {
          report.warning(path, `'${addon.name}' needs '${needed}'`, `add { name: '${needed}' } to 'addons'`);
        }
      }
    }
  }),
];

function factsOf({ name }: Addon): AddonSpec | undefined {
  return isNonEmptyString(name) ? addonSpec(name) : undefined;
}

/** From the add-on, from eksctl by itself, from an association or a token role, or from the nodes. */
function hasPermissions(config: UnvalidatedConfig, addon: Addon, { needs, serviceAccount }: AddonSpec): boolean {
  const own =
    config.addonsConfig?.autoApplyPodIdentityAssociations === true ||
    addon.useDefaultPodIdentityAssociations === true ||
    count(addon.podIdentityAssociations) > 0 ||
    (tokenRoleFields(addon).length > 0 && hasOidc(config)) ||
    (needs?.byOidc === true && hasOidc(config));
  const accounts = [
    ...entries(config.iam?.podIdentityAssociations, '').map(([a]) => `${a.namespace}/${a.serviceAccountName}`),
    ...present(config.iam?.serviceAccounts, '').map(([{ metadata }]) => `${metadata?.namespace}/${metadata?.name}`),
  ];
  return (
    own || (serviceAccount !== undefined && accounts.includes(serviceAccount)) || nodesHave(config, needs?.byNodes)
  );
}

/** A role of the user's own may have the policy, too: then nobody knows. */
function nodesHave(config: UnvalidatedConfig, key: string | undefined): boolean {
  return allGroups(config).some(([{ iam }]) => {
    const policies: Readonly<Record<string, unknown>> = iam?.withAddonPolicies ?? {};
    const attached = strings(iam?.attachPolicyARNs, '').length > 0 || isSet(iam?.attachPolicy);
    return attached || isNonEmptyString(iam?.instanceRoleARN) || (key !== undefined && policies[key] === true);
  });
}
