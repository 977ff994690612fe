import type {
  AutoModeConfig,
  ClusterCloudWatch,
  ClusterCloudWatchLogging,
  ControlPlaneScalingConfig,
  HorizontalPodAutoscalerControllerConfig,
  KubeAPIServerConfig,
  KubeControllerManagerConfig,
  KubeSchedulerConfig,
  NodeResourcesFitConfig,
  ResourceWeight,
  ScoringStrategy,
  SecretsEncryption,
  ServiceNodePortRange,
  ZonalShiftConfig,
} from '../../types';
import { INTEGER, list, PARSED_ARN, struct, TEXT, TEXT_LIST, TRUTH } from '../kind';

export const AUTO_MODE_CONFIG = struct<AutoModeConfig>('AutoModeConfig', {
  enabled: TRUTH,
  nodePools: TEXT_LIST,
  nodeRoleARN: PARSED_ARN,
  permissionsBoundaryARN: PARSED_ARN,
});

export const CONTROL_PLANE_SCALING_CONFIG = struct<ControlPlaneScalingConfig>('ControlPlaneScalingConfig', {
  tier: TEXT,
});

export const ZONAL_SHIFT_CONFIG = struct<ZonalShiftConfig>('ZonalShiftConfig', {
  enabled: TRUTH,
});

export const SECRETS_ENCRYPTION = struct<SecretsEncryption>('SecretsEncryption', {
  keyARN: TEXT,
});

export const CLUSTER_CLOUD_WATCH_LOGGING = struct<ClusterCloudWatchLogging>('ClusterCloudWatchLogging', {
  enableTypes: TEXT_LIST,
  logRetentionInDays: INTEGER,
});

export const CLUSTER_CLOUD_WATCH = struct<ClusterCloudWatch>('ClusterCloudWatch', {
  clusterLogging: CLUSTER_CLOUD_WATCH_LOGGING,
});

export const SERVICE_NODE_PORT_RANGE = struct<ServiceNodePortRange>('ServiceNodePortRange', {
  maxPort: INTEGER,
  minPort: INTEGER,
});

export const KUBE_API_SERVER_CONFIG = struct<KubeAPIServerConfig>('KubeAPIServerConfig', {
  eventTTL: TEXT,
  serviceNodePortRange: SERVICE_NODE_PORT_RANGE,
});

export const RESOURCE_WEIGHT = struct<ResourceWeight>('ResourceWeight', {
  name: TEXT,
  weight: INTEGER,
});

export const SCORING_STRATEGY = struct<ScoringStrategy>('ScoringStrategy', {
  resources: list(RESOURCE_WEIGHT),
  type: TEXT,
});

export const NODE_RESOURCES_FIT_CONFIG = struct<NodeResourcesFitConfig>('NodeResourcesFitConfig', {
  scoringStrategy: SCORING_STRATEGY,
});

export const KUBE_SCHEDULER_CONFIG = struct<KubeSchedulerConfig>('KubeSchedulerConfig', {
  nodeResourcesFit: NODE_RESOURCES_FIT_CONFIG,
});

export const HORIZONTAL_POD_AUTOSCALER_CONTROLLER_CONFIG = struct<HorizontalPodAutoscalerControllerConfig>(
  'HorizontalPodAutoscalerControllerConfig',
  {
    horizontalPodAutoscalerSyncPeriod: TEXT,
  },
);

export const KUBE_CONTROLLER_MANAGER_CONFIG = struct<KubeControllerManagerConfig>('KubeControllerManagerConfig', {
  horizontalPodAutoscalerControllerConfig: HORIZONTAL_POD_AUTOSCALER_CONTROLLER_CONFIG,
});
