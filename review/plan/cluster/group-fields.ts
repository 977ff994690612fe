import type { ManagedNodeGroup, NodeGroup, NodeGroupBase } from '../../../eksctl/types';
import type { Fields } from './fields';

/**
 * What becomes of a changed field of a node group. 'replace': eksctl has no command that changes it, so that another group
 * takes its place; 'ignored': only the creation of a group reads it, and its nodes are the same.
 */
export type GroupFate =
  | 'size'
  | 'labels'
  | 'taints'
  | 'tags'
  | 'update-config'
  | 'repair'
  | 'release'
  | 'template'
  | 'replace'
  | 'ignored';

const SHARED: Fields<Omit<NodeGroupBase, 'labels' | 'tags' | 'updateConfig'>, GroupFate> = {
  name: 'replace',
  additionalVolumes: 'replace',
  ami: 'replace',
  amiFamily: 'replace',
  asgSuspendProcesses: 'ignored',
  availabilityZones: 'replace',
  bottlerocket: 'replace',
  capacityReservation: 'replace',
  desiredCapacity: 'size',
  disableIMDSv1: 'replace',
  disablePodIMDS: 'replace',
  ebsOptimized: 'replace',
  efaEnabled: 'replace',
  enableDetailedMonitoring: 'replace',
  iam: 'replace',
  instanceMarketOptions: 'replace',
  instanceName: 'replace',
  instancePrefix: 'replace',
  maxPodsPerNode: 'replace',
  maxSize: 'size',
  minSize: 'size',
  outpostARN: 'replace',
  overrideBootstrapCommand: 'replace',
  placement: 'replace',
  preBootstrapCommands: 'replace',
  privateNetworking: 'replace',
  propagateASGTags: 'ignored',
  securityGroups: 'replace',
  ssh: 'replace',
  subnets: 'replace',
  volumeEncrypted: 'replace',
  volumeIOPS: 'replace',
  volumeKmsKeyID: 'replace',
  volumeName: 'replace',
  volumeSize: 'replace',
  volumeThroughput: 'replace',
  volumeType: 'replace',
};

export const MANAGED: Fields<ManagedNodeGroup, GroupFate> = {
  ...SHARED,
  instanceSelector: 'replace',
  instanceType: 'replace',
  instanceTypes: 'replace',
  labels: 'labels',
  launchTemplate: 'template',
  nodeRepairConfig: 'repair',
  releaseVersion: 'release',
  spot: 'replace',
  tags: 'tags',
  taints: 'taints',
  updateConfig: 'update-config',
};

export const SELF_MANAGED: Fields<NodeGroup, GroupFate> = {
  ...SHARED,
  asgMetricsCollection: 'replace',
  classicLoadBalancerNames: 'replace',
  clusterDNS: 'replace',
  containerRuntime: 'replace',
  cpuCredits: 'replace',
  enclaveEnabled: 'replace',
  instanceSelector: 'replace',
  instanceType: 'replace',
  instancesDistribution: 'replace',
  kubeletExtraConfig: 'replace',
  labels: 'replace',
  localZones: 'replace',
  maxInstanceLifetime: 'replace',
  tags: 'replace',
  taints: 'replace',
  targetGroupARNs: 'replace',
  updateConfig: 'ignored',
};
