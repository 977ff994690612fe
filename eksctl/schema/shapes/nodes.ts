import type {
  CapacityReservation,
  CapacityReservationTarget,
  InstanceMarketOptions,
  InstanceSelector,
  NodeGroupBase,
  NodeGroupBottlerocket,
  NodeGroupTaint,
  NodeGroupUpdateConfig,
  VolumeMapping,
} from '../../types';
import { DOCUMENT, INTEGER, list, type Properties, struct, TEXT, TEXT_LIST, TEXT_MAP, TRUTH } from '../kind';
import { NODE_GROUP_IAM, NODE_GROUP_S_GS, NODE_GROUP_SSH } from './node-access';
import { PLACEMENT } from './outpost';

export const VOLUME_MAPPING = struct<VolumeMapping>('VolumeMapping', {
  snapshotID: TEXT,
  volumeEncrypted: TRUTH,
  volumeIOPS: INTEGER,
  volumeKmsKeyID: TEXT,
  volumeName: TEXT,
  volumeSize: INTEGER,
  volumeThroughput: INTEGER,
  volumeType: TEXT,
});

export const NODE_GROUP_BOTTLEROCKET = struct<NodeGroupBottlerocket>('NodeGroupBottlerocket', {
  enableAdminContainer: TRUTH,
  settings: DOCUMENT,
});

export const CAPACITY_RESERVATION_TARGET = struct<CapacityReservationTarget>('CapacityReservationTarget', {
  capacityReservationID: TEXT,
  capacityReservationResourceGroupARN: TEXT,
});

export const CAPACITY_RESERVATION = struct<CapacityReservation>('CapacityReservation', {
  capacityReservationPreference: TEXT,
  capacityReservationTarget: CAPACITY_RESERVATION_TARGET,
});

export const INSTANCE_MARKET_OPTIONS = struct<InstanceMarketOptions>('InstanceMarketOptions', {
  marketType: TEXT,
});

export const INSTANCE_SELECTOR = struct<InstanceSelector>('InstanceSelector', {
  allow: TEXT,
  cpuArchitecture: TEXT,
  deny: TEXT,
  gpus: INTEGER,
  memory: TEXT,
  neuron_devices: INTEGER,
  vCPUs: INTEGER,
});

export const NODE_GROUP_UPDATE_CONFIG = struct<NodeGroupUpdateConfig>('NodeGroupUpdateConfig', {
  maxUnavailable: INTEGER,
  maxUnavailablePercentage: INTEGER,
});

export const NODE_GROUP_TAINT = struct<NodeGroupTaint>('NodeGroupTaint', {
  effect: TEXT,
  key: TEXT,
  value: TEXT,
});

/** What both kinds of groups have. */
export const NODE_GROUP_BASE: Properties<NodeGroupBase> = {
  additionalVolumes: list(VOLUME_MAPPING),
  ami: TEXT,
  amiFamily: TEXT,
  asgSuspendProcesses: TEXT_LIST,
  availabilityZones: TEXT_LIST,
  bottlerocket: NODE_GROUP_BOTTLEROCKET,
  capacityReservation: CAPACITY_RESERVATION,
  desiredCapacity: INTEGER,
  disableIMDSv1: TRUTH,
  disablePodIMDS: TRUTH,
  ebsOptimized: TRUTH,
  efaEnabled: TRUTH,
  enableDetailedMonitoring: TRUTH,
  iam: NODE_GROUP_IAM,
  instanceMarketOptions: INSTANCE_MARKET_OPTIONS,
  instanceName: TEXT,
  instancePrefix: TEXT,
  labels: TEXT_MAP,
  maxPodsPerNode: INTEGER,
  maxSize: INTEGER,
  minSize: INTEGER,
  name: TEXT,
  outpostARN: TEXT,
  overrideBootstrapCommand: TEXT,
  placement: PLACEMENT,
  preBootstrapCommands: TEXT_LIST,
  privateNetworking: TRUTH,
  propagateASGTags: TRUTH,
  securityGroups: NODE_GROUP_S_GS,
  ssh: NODE_GROUP_SSH,
  subnets: TEXT_LIST,
  tags: TEXT_MAP,
  updateConfig: NODE_GROUP_UPDATE_CONFIG,
  volumeEncrypted: TRUTH,
  volumeIOPS: INTEGER,
  volumeKmsKeyID: TEXT,
  volumeName: TEXT,
  volumeSize: INTEGER,
  volumeThroughput: INTEGER,
  volumeType: TEXT,
};
