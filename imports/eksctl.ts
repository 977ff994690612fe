/**
 * eksctl's ClusterConfig (eksctl.io/v1alpha5) in eksctl's own spelling: the parts that this library writes, and what is
 * commonly edited beside them. Types only; mutable, since a `customize` function edits the finished object in place.
 */

/** An ARN, as text. */
type ARN = string;
/** An IAM policy document. */
export type InlineDocument = { [key: string]: unknown };

export interface ClusterConfig {
  apiVersion: 'eksctl.io/v1alpha5';
  kind: 'ClusterConfig';
  metadata: ClusterMeta;
  accessConfig?: AccessConfig;
  addons?: EksctlAddon[];
  addonsConfig?: AddonsConfig;
  autoModeConfig?: AutoModeConfig;
  availabilityZones?: string[];
  cloudWatch?: ClusterCloudWatch;
  controlPlaneScalingConfig?: ControlPlaneScalingConfig;
  fargateProfiles?: FargateProfile[];
  iam?: ClusterIAM;
  kubernetesNetworkConfig?: KubernetesNetworkConfig;
  managedNodeGroups?: ManagedNodeGroup[];
  privateCluster?: PrivateCluster;
  secretsEncryption?: SecretsEncryption;
  upgradePolicy?: UpgradePolicy;
  vpc?: ClusterVPC;
  zonalShiftConfig?: ZonalShiftConfig;
}

/** Not an ObjectMeta: no labels, no namespace. */
export interface ClusterMeta {
  name: string;
  region: string;
  annotations?: Record<string, string>;
  forceUpdateVersion?: boolean;
  rollbackConfig?: { timeoutMinutes?: number };
  tags?: Record<string, string>;
  version?: string;
}

export interface UpgradePolicy {
  supportType?: 'EXTENDED' | 'STANDARD';
}

export interface KubernetesNetworkConfig {
  ipFamily?: 'IPv4' | 'IPv6';
  serviceIPv4CIDR?: string;
  serviceIPv6CIDR?: string;
}

export interface AutoModeConfig {
  enabled?: boolean;
  nodePools?: ('general-purpose' | 'system')[];
  nodeRoleARN?: ARN;
  permissionsBoundaryARN?: ARN;
}

export interface ControlPlaneScalingConfig {
  tier?: string;
}

export interface ZonalShiftConfig {
  enabled?: boolean;
}

export interface SecretsEncryption {
  keyARN: ARN;
}

export interface PrivateCluster {
  additionalEndpointServices?: ('autoscaling' | 'cloudformation' | 'logs')[];
  enabled?: boolean;
  skipEndpointCreation?: boolean;
}

export interface ClusterCloudWatch {
  clusterLogging?: ClusterCloudWatchLogging;
}

export interface ClusterCloudWatchLogging {
  enableTypes?: ('*' | 'all' | 'api' | 'audit' | 'authenticator' | 'controllerManager' | 'scheduler')[];
  logRetentionInDays?: number;
}

// ------------------------------------------------------------------------------------------------------------ permissions
export interface ClusterIAM {
  podIdentityAssociations?: PodIdentityAssociation[];
  serviceAccounts?: ClusterIAMServiceAccount[];
  serviceRoleARN?: ARN;
  serviceRolePermissionsBoundary?: ARN;
  vpcResourceControllerPolicy?: boolean;
  withOIDC?: boolean;
}

export interface WellKnownPolicies {
  autoScaler?: boolean;
  awsLoadBalancerController?: boolean;
  certManager?: boolean;
  ebsCSIController?: boolean;
  efsCSIController?: boolean;
  externalDNS?: boolean;
  imageBuilder?: boolean;
}

export interface PodIdentityAssociation {
  namespace: string;
  serviceAccountName: string;
  createServiceAccount?: boolean;
  disableSessionTags?: boolean;
  permissionPolicy?: InlineDocument;
  permissionPolicyARNs?: ARN[];
  permissionPolicyName?: string;
  permissionsBoundaryARN?: ARN;
  policy?: string;
  roleARN?: ARN;
  roleName?: string;
  tags?: Record<string, string>;
  targetRoleARN?: ARN;
  wellKnownPolicies?: WellKnownPolicies;
}

export interface ClusterIAMServiceAccount {
  metadata: { name: string; namespace?: string; annotations?: Record<string, string>; labels?: Record<string, string> };
  attachPolicy?: InlineDocument;
  attachPolicyARNs?: ARN[];
  attachRoleARN?: ARN;
  permissionsBoundary?: ARN;
  roleName?: string;
  roleOnly?: boolean;
  tags?: Record<string, string>;
  wellKnownPolicies?: WellKnownPolicies;
}

export interface AccessConfig {
  accessEntries?: AccessEntry[];
  authenticationMode?: 'API' | 'API_AND_CONFIG_MAP' | 'CONFIG_MAP';
  bootstrapClusterCreatorAdminPermissions?: boolean;
}

export interface AccessEntry {
  principalARN: ARN;
  accessPolicies?: AccessPolicy[];
  kubernetesGroups?: string[];
  kubernetesUsername?: string;
  type?: 'EC2' | 'EC2_LINUX' | 'EC2_WINDOWS' | 'FARGATE_LINUX' | 'HYBRID_LINUX' | 'STANDARD';
}

export interface AccessPolicy {
  accessScope: AccessScope;
  policyARN: ARN;
}

export interface AccessScope {
  type: 'cluster' | 'namespace';
  namespaces?: string[];
}

// ---------------------------------------------------------------------------------------------------------------- network
export interface ClusterVPC {
  autoAllocateIPv6?: boolean;
  cidr?: string;
  clusterEndpoints?: ClusterEndpoints;
  controlPlaneEgressMode?: 'AWS_MANAGED' | 'CUSTOMER_ROUTED';
  controlPlaneSecurityGroupIDs?: string[];
  controlPlaneSubnetIDs?: string[];
  extraCIDRs?: string[];
  extraIPv6CIDRs?: string[];
  hostnameType?: 'ip-name' | 'resource-name';
  id?: string;
  ipv6Cidr?: string;
  ipv6Pool?: string;
  manageSharedNodeSecurityGroupRules?: boolean;
  nat?: { gateway: 'Disable' | 'HighlyAvailable' | 'Single' };
  publicAccessCIDRs?: string[];
  securityGroup?: string;
  sharedNodeSecurityGroup?: string;
  subnets?: ClusterSubnets;
}

export interface ClusterEndpoints {
  privateAccess?: boolean;
  publicAccess?: boolean;
}

export interface ClusterSubnets {
  private?: Record<string, AZSubnetSpec>;
  public?: Record<string, AZSubnetSpec>;
}

export interface AZSubnetSpec {
  az?: string;
  cidr?: string;
  id?: string;
}

// ---------------------------------------------------------------------------------------------------------------- add-ons
export interface EksctlAddon {
  name: string;
  attachPolicy?: InlineDocument;
  attachPolicyARNs?: ARN[];
  /** JSON or YAML, as text. */
  configurationValues?: string;
  namespaceConfig?: { namespace: string };
  permissionsBoundary?: ARN;
  podIdentityAssociations?: PodIdentityAssociation[];
  resolveConflicts?: 'none' | 'overwrite' | 'preserve';
  serviceAccountRoleARN?: ARN;
  tags?: Record<string, string>;
  useDefaultPodIdentityAssociations?: boolean;
  version?: string;
  wellKnownPolicies?: WellKnownPolicies;
}

export interface AddonsConfig {
  autoApplyPodIdentityAssociations?: boolean;
  disableDefaultAddons?: boolean;
}

// ------------------------------------------------------------------------------------------------------------------ nodes
export interface FargateProfile {
  name: string;
  podExecutionRoleARN?: ARN;
  selectors?: { namespace: string; labels?: Record<string, string> }[];
  subnets?: string[];
  tags?: Record<string, string>;
}

export interface ManagedNodeGroup {
  name: string;
  additionalVolumes?: VolumeMapping[];
  ami?: string;
  amiFamily?: string;
  asgSuspendProcesses?: string[];
  availabilityZones?: string[];
  bottlerocket?: { enableAdminContainer?: boolean; settings?: { [key: string]: unknown } };
  capacityReservation?: CapacityReservation;
  desiredCapacity?: number;
  disableIMDSv1?: boolean;
  disablePodIMDS?: boolean;
  ebsOptimized?: boolean;
  efaEnabled?: boolean;
  enableDetailedMonitoring?: boolean;
  iam?: NodeGroupIAM;
  instanceMarketOptions?: { marketType?: 'capacity-block' };
  instanceName?: string;
  instancePrefix?: string;
  instanceSelector?: InstanceSelector;
  instanceType?: string;
  instanceTypes?: string[];
  labels?: Record<string, string>;
  launchTemplate?: { id: string; version?: string };
  maxPodsPerNode?: number;
  maxSize?: number;
  minSize?: number;
  nodeRepairConfig?: NodeRepairConfig;
  overrideBootstrapCommand?: string;
  placement?: { groupName?: string; spreadLevel?: string };
  preBootstrapCommands?: string[];
  privateNetworking?: boolean;
  propagateASGTags?: boolean;
  releaseVersion?: string;
  securityGroups?: { attachIDs?: string[]; withLocal?: boolean; withShared?: boolean };
  spot?: boolean;
  ssh?: NodeGroupSSH;
  subnets?: string[];
  tags?: Record<string, string>;
  taints?: NodeGroupTaint[];
  updateConfig?: { maxUnavailable?: number; maxUnavailablePercentage?: number };
  volumeEncrypted?: boolean;
  volumeIOPS?: number;
  volumeKmsKeyID?: string;
  volumeName?: string;
  volumeSize?: number;
  volumeThroughput?: number;
  volumeType?: string;
}

export interface NodeGroupTaint {
  key: string;
  effect: 'NoExecute' | 'NoSchedule' | 'PreferNoSchedule';
  value?: string;
}

export interface NodeRepairConfig {
  enabled?: boolean;
  maxParallelNodesRepairedCount?: number;
  maxParallelNodesRepairedPercentage?: number;
  maxUnhealthyNodeThresholdCount?: number;
  maxUnhealthyNodeThresholdPercentage?: number;
  nodeRepairConfigOverrides?: NodeRepairConfigOverride[];
}

export interface NodeRepairConfigOverride {
  minRepairWaitTimeMins?: number;
  nodeMonitoringCondition?: string;
  nodeUnhealthyReason?: string;
  repairAction?: string;
}

export interface VolumeMapping {
  snapshotID?: string;
  volumeEncrypted?: boolean;
  volumeIOPS?: number;
  volumeKmsKeyID?: string;
  volumeName?: string;
  volumeSize?: number;
  volumeThroughput?: number;
  volumeType?: string;
}

export interface CapacityReservation {
  capacityReservationPreference?: 'none' | 'open';
  capacityReservationTarget?: { capacityReservationID?: string; capacityReservationResourceGroupARN?: ARN };
}

export interface InstanceSelector {
  allow?: string;
  cpuArchitecture?: string;
  deny?: string;
  gpus?: number;
  memory?: string;
  neuron_devices?: number;
  vCPUs?: number;
}

export interface NodeGroupSSH {
  allow?: boolean;
  enableSsm?: boolean;
  publicKey?: string;
  publicKeyName?: string;
  publicKeyPath?: string;
  sourceSecurityGroupIds?: string[];
}

export interface NodeGroupIAM {
  attachPolicy?: InlineDocument;
  attachPolicyARNs?: ARN[];
  instanceProfileARN?: ARN;
  instanceRoleARN?: ARN;
  instanceRoleName?: string;
  instanceRolePermissionsBoundary?: ARN;
  withAddonPolicies?: Record<string, boolean>;
}
