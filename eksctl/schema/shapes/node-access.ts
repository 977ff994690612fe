import type { NodeGroupIAM, NodeGroupIAMAddonPolicies, NodeGroupSGs, NodeGroupSSH } from '../../types';
import { DOCUMENT, struct, TEXT, TEXT_LIST, TRUTH } from '../kind';

export const NODE_GROUP_IAM_ADDON_POLICIES = struct<NodeGroupIAMAddonPolicies>('NodeGroupIAMAddonPolicies', {
  albIngress: TRUTH,
  appMesh: TRUTH,
  appMeshPreview: TRUTH,
  autoScaler: TRUTH,
  awsLoadBalancerController: TRUTH,
  certManager: TRUTH,
  cloudWatch: TRUTH,
  ebs: TRUTH,
  efs: TRUTH,
  externalDNS: TRUTH,
  fsx: TRUTH,
  imageBuilder: TRUTH,
  xRay: TRUTH,
});

export const NODE_GROUP_IAM = struct<NodeGroupIAM>('NodeGroupIAM', {
  attachPolicy: DOCUMENT,
  attachPolicyARNs: TEXT_LIST,
  instanceProfileARN: TEXT,
  instanceRoleARN: TEXT,
  instanceRoleName: TEXT,
  instanceRolePermissionsBoundary: TEXT,
  withAddonPolicies: NODE_GROUP_IAM_ADDON_POLICIES,
});

export const NODE_GROUP_S_GS = struct<NodeGroupSGs>('NodeGroupSGs', {
  attachIDs: TEXT_LIST,
  withLocal: TRUTH,
  withShared: TRUTH,
});

export const NODE_GROUP_SSH = struct<NodeGroupSSH>('NodeGroupSSH', {
  allow: TRUTH,
  enableSsm: TRUTH,
  publicKey: TEXT,
  publicKeyName: TEXT,
  publicKeyPath: TEXT,
  sourceSecurityGroupIds: TEXT_LIST,
});
