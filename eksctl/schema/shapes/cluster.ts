import type { ClusterConfig, ClusterMeta, RollbackConfig, UpgradePolicy } from '../../types';
import { INTEGER, list, oneOf, struct, TEXT, TEXT_LIST, TEXT_MAP, TRUTH } from '../kind';
import { ACCESS_CONFIG, IAM_IDENTITY_MAPPING, IDENTITY_PROVIDER } from './access';
import { ADDON, ADDONS_CONFIG } from './addons';
import { CAPABILITY } from './capabilities';
import {
  AUTO_MODE_CONFIG,
  CLUSTER_CLOUD_WATCH,
  CONTROL_PLANE_SCALING_CONFIG,
  KUBE_API_SERVER_CONFIG,
  KUBE_CONTROLLER_MANAGER_CONFIG,
  KUBE_SCHEDULER_CONFIG,
  SECRETS_ENCRYPTION,
  ZONAL_SHIFT_CONFIG,
} from './control-plane';
import { FARGATE_PROFILE } from './fargate';
import { CLUSTER_IAM } from './iam';
import { GIT_OPS, KARPENTER } from './installed';
import { MANAGED_NODE_GROUP } from './managed-node-group';
import { NODE_GROUP } from './node-group';
import { OUTPOST } from './outpost';
import { REMOTE_NETWORK_CONFIG } from './remote';
import { CLUSTER_VPC, KUBERNETES_NETWORK_CONFIG, PRIVATE_CLUSTER } from './vpc';

export const ROLLBACK_CONFIG = struct<RollbackConfig>('RollbackConfig', {
  timeoutMinutes: INTEGER,
});

export const CLUSTER_META = struct<ClusterMeta>('ClusterMeta', {
  annotations: TEXT_MAP,
  forceUpdateVersion: TRUTH,
  name: TEXT,
  region: TEXT,
  rollbackConfig: ROLLBACK_CONFIG,
  tags: TEXT_MAP,
  version: TEXT,
});

export const UPGRADE_POLICY = struct<UpgradePolicy>('UpgradePolicy', {
  supportType: TEXT,
});

export const CLUSTER_CONFIG = struct<ClusterConfig>(
  'ClusterConfig',
  {
    accessConfig: ACCESS_CONFIG,
    addons: list(ADDON),
    addonsConfig: ADDONS_CONFIG,
    apiVersion: oneOf('eksctl.io/v1alpha5'),
    autoModeConfig: AUTO_MODE_CONFIG,
    availabilityZones: TEXT_LIST,
    capabilities: list(CAPABILITY),
    cloudWatch: CLUSTER_CLOUD_WATCH,
    controlPlaneScalingConfig: CONTROL_PLANE_SCALING_CONFIG,
    fargateProfiles: list(FARGATE_PROFILE),
    gitops: GIT_OPS,
    iam: CLUSTER_IAM,
    iamIdentityMappings: list(IAM_IDENTITY_MAPPING),
    identityProviders: list(IDENTITY_PROVIDER),
    karpenter: KARPENTER,
    kind: oneOf('ClusterConfig'),
    kubeAPIServerConfig: KUBE_API_SERVER_CONFIG,
    kubeControllerManagerConfig: KUBE_CONTROLLER_MANAGER_CONFIG,
    kubeSchedulerConfig: KUBE_SCHEDULER_CONFIG,
    kubernetesNetworkConfig: KUBERNETES_NETWORK_CONFIG,
    localZones: TEXT_LIST,
    managedNodeGroups: list(MANAGED_NODE_GROUP),
    metadata: CLUSTER_META,
    nodeGroups: list(NODE_GROUP),
    outpost: OUTPOST,
    privateCluster: PRIVATE_CLUSTER,
    remoteNetworkConfig: REMOTE_NETWORK_CONFIG,
    secretsEncryption: SECRETS_ENCRYPTION,
    upgradePolicy: UPGRADE_POLICY,
    vpc: CLUSTER_VPC,
    zonalShiftConfig: ZONAL_SHIFT_CONFIG,
  },
  { apiVersion: 'L1', kind: 'L1', metadata: 'L2' },
);
