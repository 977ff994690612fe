import type { Addon, AddonNamespaceConfig, AddonsConfig } from '../../types';
import { DOCUMENT, list, struct, TEXT, TEXT_LIST, TEXT_MAP, TRUTH } from '../kind';
import { POD_IDENTITY_ASSOCIATION } from './iam';
import { WELL_KNOWN_POLICIES } from './well-known-policies';

export const ADDON_NAMESPACE_CONFIG = struct<AddonNamespaceConfig>('AddonNamespaceConfig', {
  namespace: TEXT,
});

export const ADDON = struct<Addon>('Addon', {
  attachPolicy: DOCUMENT,
  attachPolicyARNs: TEXT_LIST,
  configurationValues: TEXT,
  name: TEXT,
  namespaceConfig: ADDON_NAMESPACE_CONFIG,
  owners: TEXT_LIST,
  permissionsBoundary: TEXT,
  podIdentityAssociations: list(POD_IDENTITY_ASSOCIATION),
  publishers: TEXT_LIST,
  resolveConflicts: TEXT,
  serviceAccountRoleARN: TEXT,
  tags: TEXT_MAP,
  types: TEXT_LIST,
  useDefaultPodIdentityAssociations: TRUTH,
  version: TEXT,
  wellKnownPolicies: WELL_KNOWN_POLICIES,
});

export const ADDONS_CONFIG = struct<AddonsConfig>('AddonsConfig', {
  autoApplyPodIdentityAssociations: TRUTH,
  disableDefaultAddons: TRUTH,
});
