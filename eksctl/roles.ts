import { addonSpec } from '../eks/addons';
import type { ClusterConfig, PodIdentityAssociation } from './types';

/** A role that the ClusterConfig creates for a service account. */
export interface AccountRole {
  /** 'namespace/name'. */
  readonly account: string;
  /** Its path: 'iam.podIdentityAssociations[0]'. */
  readonly path: string;
  readonly by: 'pod-identity' | 'irsa';
  /** Only with pod identity. */
  readonly association?: PodIdentityAssociation;
}

/** Roles by pod identity. */
export function associationsOf(config: ClusterConfig): AccountRole[] {
  const own = (config.iam?.podIdentityAssociations ?? []).map((association, i) => ({
    account: `${association.namespace}/${association.serviceAccountName}`,
    path: `iam.podIdentityAssociations[${i}]`,
    by: 'pod-identity' as const,
    association,
  }));
  return [...own, ...addonAssociations(config)];
}

function addonAssociations({ addons = [], addonsConfig }: ClusterConfig): AccountRole[] {
  return addons.flatMap((addon, i) => {
    const path = `addons[${i}] '${addon.name}'`;
    const given = addon.podIdentityAssociations;
    if (given) {
      return given.map((association, j) => ({
        account: `${association.namespace ?? 'kube-system'}/${association.serviceAccountName}`,
        path: `${path}.podIdentityAssociations[${j}]`,
        by: 'pod-identity' as const,
        association,
      }));
    }
    const known = addonSpec(addon.name);
    const account = known?.recommends && known.serviceAccount;
    const recommended =
      addonsConfig?.autoApplyPodIdentityAssociations === true || addon.useDefaultPodIdentityAssociations === true;
    const other =
      addon.serviceAccountRoleARN ?? addon.attachPolicyARNs ?? addon.attachPolicy ?? addon.wellKnownPolicies;
    return account !== undefined && recommended && other === undefined
      ? [{ account, path, by: 'pod-identity' as const }]
      : [];
  });
}

/** Roles by the OIDC provider of the cluster. */
export function irsaRolesOf(config: ClusterConfig): AccountRole[] {
  return (config.iam?.serviceAccounts ?? []).map(({ metadata }, i) => ({
    account: `${metadata.namespace ?? 'default'}/${metadata.name}`,
    path: `iam.serviceAccounts[${i}]`,
    by: 'irsa',
  }));
}
