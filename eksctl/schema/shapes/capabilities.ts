import type {
  ArgoCDAWSIDC,
  ArgoCDConfiguration,
  ArgoCDNetworkAccess,
  ArgoCDRoleMapping,
  Capability,
  CapabilityConfiguration,
  SSOIdentity,
} from '../../types';
import { DOCUMENT, list, struct, TEXT, TEXT_LIST, TEXT_MAP } from '../kind';
import { ACCESS_POLICY } from './access';

export const ARGO_CDAWSIDC = struct<ArgoCDAWSIDC>('ArgoCDAWSIDC', {
  idcInstanceArn: TEXT,
  idcRegion: TEXT,
});

export const ARGO_CD_NETWORK_ACCESS = struct<ArgoCDNetworkAccess>('ArgoCDNetworkAccess', {
  vpceIds: TEXT_LIST,
});

export const SSO_IDENTITY = struct<SSOIdentity>('SSOIdentity', {
  id: TEXT,
  type: TEXT,
});

export const ARGO_CD_ROLE_MAPPING = struct<ArgoCDRoleMapping>('ArgoCDRoleMapping', {
  identities: list(SSO_IDENTITY),
  role: TEXT,
});

export const ARGO_CD_CONFIGURATION = struct<ArgoCDConfiguration>('ArgoCDConfiguration', {
  awsIdc: ARGO_CDAWSIDC,
  namespace: TEXT,
  networkAccess: ARGO_CD_NETWORK_ACCESS,
  rbacRoleMappings: list(ARGO_CD_ROLE_MAPPING),
});

export const CAPABILITY_CONFIGURATION = struct<CapabilityConfiguration>('CapabilityConfiguration', {
  argocd: ARGO_CD_CONFIGURATION,
});

export const CAPABILITY = struct<Capability>('Capability', {
  accessPolicies: list(ACCESS_POLICY),
  attachPolicy: DOCUMENT,
  attachPolicyARNs: TEXT_LIST,
  configuration: CAPABILITY_CONFIGURATION,
  deletePropagationPolicy: TEXT,
  name: TEXT,
  permissionsBoundary: TEXT,
  roleArn: TEXT,
  tags: TEXT_MAP,
  type: TEXT,
});
