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

/** What is allowed, but rarely intended. */
export const CLUSTER_ADVICE = [
  clusterRule('X32', 'aws', 'access to the public API server endpoint is restricted explicitly', (config, report) => {
    const endpoints = config.vpc?.clusterEndpoints;
    const open = endpoints?.publicAccess !== false && !isPrivate(config) && !isOnOutposts(config);
    if (open && count(config.vpc?.publicAccessCIDRs) === 0) {
      // EKS begins with it, and whoever makes a first cluster does not know the ranges yet
      report.advice(
        'vpc.publicAccessCIDRs',
        'should be set: without it, the API server is reachable from the internet (0.0.0.0/0)',
        "write the allowed ranges, such as ['203.0.113.0/24'], or ['0.0.0.0/0'] if intended",
      );
    }
  }),
  clusterRule('X33', 'aws', 'publicAccessCIDRs require the public endpoint', (config, report) => {
    const closed = config.vpc?.clusterEndpoints?.publicAccess === false || isPrivate(config);
    if (closed && count(config.vpc?.publicAccessCIDRs) > 0) {
      report.warning('vpc.publicAccessCIDRs', 'no effect without the public endpoint', "delete 'publicAccessCIDRs'");
    }
  }),
  clusterRule('X34', 'aws', 'eksctl can reach the API server', (config, report) => {
    const { publicAccess, privateAccess } = config.vpc?.clusterEndpoints ?? {};
    if (publicAccess === false && privateAccess === true && !isPrivate(config) && !isOnOutposts(config)) {
      report.warning(
        'vpc.clusterEndpoints.publicAccess',
        'with false, eksctl and kubectl can reach the API server only from within the VPC',
        "run eksctl in the VPC, or write `publicAccess: true` with 'publicAccessCIDRs'",
      );
    }
  }),
  clusterRule('X13', 'aws', 'an add-on has the AWS permissions that it requires', (config, report) => {
    for (const [addon, path] of present(config.addons, 'addons')) {
      const known = specOf(addon);
      if (known?.needs && !hasPermissions(config, addon, known)) {
        report.warning(
          path,
          `'${addon.name}' requires AWS permissions, but has none`,
          known.needs.policy
            ? 'write `useDefaultPodIdentityAssociations: true` on the add-on'
            : `add an association of '${known.serviceAccount}' to 'iam.podIdentityAssociations'`,
        );
      }
    }
  }),
  clusterRule('X14', 'aws', 'the add-ons that an add-on requires are listed', ({ addons }, report) => {
    const names = present(addons, 'addons').map(([{ name }]) => name);
    for (const [addon, path] of present(addons, 'addons')) {
      for (const needed of specOf(addon)?.requires ?? []) {
        if (!names.includes(needed)) {
          report.warning(
            path,
            `'${addon.name}' requires the add-on '${needed}'`,
            `add { name: '${needed}' } to 'addons'`,
          );
        }
      }
    }
  }),
];

function specOf({ name }: Addon): AddonSpec | undefined {
  return isNonEmptyString(name) ? addonSpec(name) : undefined;
}

/** From the add-on, from eksctl's defaults, from an association or an IRSA role, or from the nodes. */
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

/** An existing role may also have the policy, which is unknown here. */
function nodesHave(config: UnvalidatedConfig, key: string | undefined): boolean {
  return allGroups(config).some(([{ iam }]) => {
    const policies: Readonly<Record<string, unknown>> = iam?.withAddonPolicies ?? {};
    const attached = strings(iam?.attachPolicyARNs, '').length > 0 || isSet(iam?.attachPolicy);
    return attached || isNonEmptyString(iam?.instanceRoleARN) || (key !== undefined && policies[key] === true);
  });
}
