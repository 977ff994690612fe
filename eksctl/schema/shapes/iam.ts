import type {
  ClusterIAM,
  ClusterIAMMeta,
  ClusterIAMServiceAccount,
  ClusterIAMServiceAccountStatus,
  PodIdentityAssociation,
} from '../../types';
import { DOCUMENT, list, struct, TEXT, TEXT_LIST, TEXT_MAP, TRUTH } from '../kind';
import { WELL_KNOWN_POLICIES } from './well-known-policies';

export const POD_IDENTITY_ASSOCIATION = struct<PodIdentityAssociation>('PodIdentityAssociation', {
  createServiceAccount: TRUTH,
  disableSessionTags: TRUTH,
  namespace: TEXT,
  permissionPolicy: DOCUMENT,
  permissionPolicyARNs: TEXT_LIST,
  permissionPolicyName: TEXT,
  permissionsBoundaryARN: TEXT,
  policy: TEXT,
  roleARN: TEXT,
  roleName: TEXT,
  serviceAccountName: TEXT,
  tags: TEXT_MAP,
  targetRoleARN: TEXT,
  wellKnownPolicies: WELL_KNOWN_POLICIES,
});

export const CLUSTER_IAM_META = struct<ClusterIAMMeta>('ClusterIAMMeta', {
  annotations: TEXT_MAP,
  labels: TEXT_MAP,
  name: TEXT,
  namespace: TEXT,
});

export const CLUSTER_IAM_SERVICE_ACCOUNT_STATUS = struct<ClusterIAMServiceAccountStatus>(
  'ClusterIAMServiceAccountStatus',
  {
    capabilities: TEXT_LIST,
    roleARN: TEXT,
    stackName: TEXT,
    tags: TEXT_MAP,
  },
);

export const CLUSTER_IAM_SERVICE_ACCOUNT = struct<ClusterIAMServiceAccount>('ClusterIAMServiceAccount', {
  attachPolicy: DOCUMENT,
  attachPolicyARNs: TEXT_LIST,
  attachRoleARN: TEXT,
  metadata: CLUSTER_IAM_META,
  permissionsBoundary: TEXT,
  roleName: TEXT,
  roleOnly: TRUTH,
  status: CLUSTER_IAM_SERVICE_ACCOUNT_STATUS,
  subjectPattern: TEXT,
  tags: TEXT_MAP,
  wellKnownPolicies: WELL_KNOWN_POLICIES,
});

export const CLUSTER_IAM = struct<ClusterIAM>('ClusterIAM', {
  fargatePodExecutionRoleARN: TEXT,
  fargatePodExecutionRolePermissionsBoundary: TEXT,
  podIdentityAssociations: list(POD_IDENTITY_ASSOCIATION),
  serviceAccounts: list(CLUSTER_IAM_SERVICE_ACCOUNT),
  serviceRoleARN: TEXT,
  serviceRolePermissionsBoundary: TEXT,
  vpcResourceControllerPolicy: TRUTH,
  withOIDC: TRUTH,
});
