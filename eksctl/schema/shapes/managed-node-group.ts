import type {
  LaunchTemplate,
  ManagedNodeGroup,
  NodeGroupNodeRepairConfig,
  NodeRepairConfigOverride,
} from '../../types';
import { INTEGER, list, struct, TEXT, TEXT_LIST, TRUTH } from '../kind';
import { INSTANCE_SELECTOR, NODE_GROUP_BASE, NODE_GROUP_TAINT } from './nodes';

export const LAUNCH_TEMPLATE = struct<LaunchTemplate>('LaunchTemplate', {
  id: TEXT,
  version: TEXT,
});

export const NODE_REPAIR_CONFIG_OVERRIDE = struct<NodeRepairConfigOverride>('NodeRepairConfigOverride', {
  minRepairWaitTimeMins: INTEGER,
  nodeMonitoringCondition: TEXT,
  nodeUnhealthyReason: TEXT,
  repairAction: TEXT,
});

export const NODE_GROUP_NODE_REPAIR_CONFIG = struct<NodeGroupNodeRepairConfig>('NodeGroupNodeRepairConfig', {
  enabled: TRUTH,
  maxParallelNodesRepairedCount: INTEGER,
  maxParallelNodesRepairedPercentage: INTEGER,
  maxUnhealthyNodeThresholdCount: INTEGER,
  maxUnhealthyNodeThresholdPercentage: INTEGER,
  nodeRepairConfigOverrides: list(NODE_REPAIR_CONFIG_OVERRIDE),
});

export const MANAGED_NODE_GROUP = struct<ManagedNodeGroup>('ManagedNodeGroup', {
  ...NODE_GROUP_BASE,
  instanceSelector: INSTANCE_SELECTOR,
  instanceType: TEXT,
  instanceTypes: TEXT_LIST,
  launchTemplate: LAUNCH_TEMPLATE,
  nodeRepairConfig: NODE_GROUP_NODE_REPAIR_CONFIG,
  releaseVersion: TEXT,
  spot: TRUTH,
  taints: list(NODE_GROUP_TAINT),
});
