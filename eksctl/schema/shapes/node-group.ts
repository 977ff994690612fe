import type { MetricsCollection, NodeGroup, NodeGroupInstancesDistribution } from '../../types';
import { DOCUMENT, INTEGER, list, listOrMap, NUMBER, struct, TEXT, TEXT_LIST, TEXT_MAP, TRUTH } from '../kind';
import { INSTANCE_SELECTOR, NODE_GROUP_BASE, NODE_GROUP_TAINT } from './nodes';

export const NODE_GROUP_INSTANCES_DISTRIBUTION = struct<NodeGroupInstancesDistribution>(
  'NodeGroupInstancesDistribution',
  {
    capacityRebalance: TRUTH,
    instanceTypes: TEXT_LIST,
    maxPrice: NUMBER,
    onDemandBaseCapacity: INTEGER,
    onDemandPercentageAboveBaseCapacity: INTEGER,
    spotAllocationStrategy: TEXT,
    spotInstancePools: INTEGER,
  },
);

export const METRICS_COLLECTION = struct<MetricsCollection>('MetricsCollection', {
  granularity: TEXT,
  metrics: TEXT_LIST,
});

const TAINTS = listOrMap('taintsWrapper', list(NODE_GROUP_TAINT), TEXT_MAP);

export const NODE_GROUP = struct<NodeGroup>('NodeGroup', {
  ...NODE_GROUP_BASE,
  asgMetricsCollection: list(METRICS_COLLECTION),
  classicLoadBalancerNames: TEXT_LIST,
  clusterDNS: TEXT,
  containerRuntime: TEXT,
  cpuCredits: TEXT,
  enclaveEnabled: TRUTH,
  instanceSelector: INSTANCE_SELECTOR,
  instanceType: TEXT,
  instancesDistribution: NODE_GROUP_INSTANCES_DISTRIBUTION,
  kubeletExtraConfig: DOCUMENT,
  localZones: TEXT_LIST,
  maxInstanceLifetime: INTEGER,
  taints: TAINTS,
  targetGroupARNs: TEXT_LIST,
});
