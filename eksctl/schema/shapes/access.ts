import type {
  AccessConfig,
  AccessEntry,
  AccessPolicy,
  AccessScope,
  IAMIdentityMapping,
  IdentityProvider,
  OIDCIdentityProvider,
} from '../../types';
import { list, oneOf, PARSED_ARN, type Properties, struct, TEXT, TEXT_LIST, TEXT_MAP, TRUTH } from '../kind';

export const ACCESS_SCOPE = struct<AccessScope>('AccessScope', {
  namespaces: TEXT_LIST,
  type: TEXT,
});

export const ACCESS_POLICY = struct<AccessPolicy>('AccessPolicy', {
  accessScope: ACCESS_SCOPE,
  policyARN: PARSED_ARN,
});

export const ACCESS_ENTRY = struct<AccessEntry>('AccessEntry', {
  accessPolicies: list(ACCESS_POLICY),
  kubernetesGroups: TEXT_LIST,
  kubernetesUsername: TEXT,
  principalARN: PARSED_ARN,
  type: TEXT,
});

export const ACCESS_CONFIG = struct<AccessConfig>('AccessConfig', {
  accessEntries: list(ACCESS_ENTRY),
  authenticationMode: TEXT,
  bootstrapClusterCreatorAdminPermissions: TRUTH,
});

export const IAM_IDENTITY_MAPPING = struct<IAMIdentityMapping>('IAMIdentityMapping', {
  account: TEXT,
  arn: TEXT,
  groups: TEXT_LIST,
  namespace: TEXT,
  noDuplicateARNs: TRUTH,
  serviceName: TEXT,
  username: TEXT,
});

const OIDC: Properties<OIDCIdentityProvider> = {
  clientID: TEXT,
  groupsClaim: TEXT,
  groupsPrefix: TEXT,
  issuerURL: TEXT,
  name: TEXT,
  requiredClaims: TEXT_MAP,
  tags: TEXT_MAP,
  usernameClaim: TEXT,
  usernamePrefix: TEXT,
};

export const OIDC_IDENTITY_PROVIDER = struct<OIDCIdentityProvider>('OIDCIdentityProvider', OIDC);

export const IDENTITY_PROVIDER = struct<IdentityProvider>(
  'IdentityProvider',
  { ...OIDC, type: oneOf('oidc') },
  { type: 'L1' },
);
