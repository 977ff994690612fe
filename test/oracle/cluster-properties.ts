/** A property that a change of a ClusterConfig reaches. */
export interface Reached {
  /** The name of the change. */
  readonly case: string;
  /** The field of the plan that stands for it. */
  readonly field?: string;
  /** In place of a field: the member that goes and the one that comes. */
  readonly renamed?: readonly [string, string];
  /** How eksctl sets it where it is in none of its templates. @default - by a template */
  readonly by?: 'api' | 'name';
  /** Where eksctl does something else than CloudFormation would. @default - the same */
  readonly otherwise?: { readonly outcome: 'ignored' | 'replaced' | 'updated'; readonly because: string };
}

/** A property, and what reaches it; text is the reason why nothing of eksctl does. */
type Properties = Readonly<Record<string, Reached | { readonly unreachable: string }>>;

const NO_FIELD = { unreachable: 'ClusterConfig has no field for it' };
const NO_COMMAND = 'eksctl has no command that changes the launch template of a group';
const CLUSTER_NAME: Reached = { case: 'another name', field: 'metadata.name', by: 'name' };

export const PROPERTIES: Readonly<Record<string, Properties>> = {
  'AWS::EKS::Cluster': {
    AccessConfig: { case: 'access entries alone', field: 'accessConfig.authenticationMode' },
    ActiveCertificateAuthorityId: NO_FIELD,
    BootstrapSelfManagedAddons: { unreachable: 'eksctl always writes false, and installs add-ons of EKS' },
    CertificateAuthority: NO_FIELD,
    ComputeConfig: { case: 'Auto Mode', field: 'autoModeConfig.enabled' },
    ControlPlaneScalingConfig: { case: 'a larger control plane', field: 'controlPlaneScalingConfig.tier' },
    DeletionProtection: NO_FIELD,
    EncryptionConfig: { case: 'another key for Secrets', field: 'secretsEncryption.keyARN' },
    Force: { case: 'four versions, with nodes in between', field: 'metadata.forceUpdateVersion', by: 'api' },
    KubeApiServerConfig: { case: 'flags of the API server', field: 'kubeAPIServerConfig.eventTTL' },
    KubeControllerManagerConfig: {
      case: 'flags of the scheduler and the controller manager',
      field: 'kubeControllerManagerConfig.horizontalPodAutoscalerControllerConfig.horizontalPodAutoscalerSyncPeriod',
    },
    KubeSchedulerConfig: {
      case: 'flags of the scheduler and the controller manager',
      field: 'kubeSchedulerConfig.nodeResourcesFit.scoringStrategy.type',
    },
    KubernetesNetworkConfig: { case: 'the range of Services', field: 'kubernetesNetworkConfig.serviceIPv4CIDR' },
    Logging: { case: 'logs of the control plane', field: 'cloudWatch.clusterLogging.enableTypes' },
    Name: { case: 'another name', field: 'metadata.name' },
    OutpostConfig: { case: 'the Outpost of the control plane', field: 'outpost.controlPlaneOutpostARN' },
    RemoteNetworkConfig: { case: 'networks of hybrid nodes', field: 'remoteNetworkConfig.remotePodNetworks' },
    ResourcesVpcConfig: { case: 'a private API', field: 'vpc.clusterEndpoints.publicAccess' },
    RoleArn: { case: 'the role of the cluster', field: 'iam.serviceRoleARN' },
    RollbackConfig: { case: 'one version', field: 'metadata.rollbackConfig.timeoutMinutes', by: 'api' },
    StorageConfig: { case: 'Auto Mode', field: 'autoModeConfig.enabled' },
    Tags: { case: 'tags of the cluster', field: 'metadata.tags' },
    UpgradePolicy: { case: 'standard support', field: 'upgradePolicy.supportType' },
    Version: { case: 'one version', field: 'metadata.version' },
    ZonalShiftConfig: { case: 'zonal shift', field: 'zonalShiftConfig.enabled' },
  },
  'AWS::EKS::Nodegroup': {
    AmiType: { case: 'the family of the image', field: 'managedNodeGroups[web].amiFamily' },
    CapacityType: { case: 'spare capacity', field: 'managedNodeGroups[web].spot' },
    ClusterName: { case: 'another name', field: 'metadata.name' },
    DiskSize: { unreachable: 'eksctl writes the size of the volume into a launch template' },
    ForceUpdateEnabled: { unreachable: 'a flag of `eksctl upgrade nodegroup`, which a plan does not set' },
    InstanceTypes: { case: 'types of instances', field: 'managedNodeGroups[web].instanceTypes' },
    Labels: { case: 'labels', field: 'managedNodeGroups[web].labels' },
    LaunchTemplate: {
      case: 'another launch template',
      field: 'managedNodeGroups[custom].launchTemplate.id',
      otherwise: { outcome: 'replaced', because: NO_COMMAND },
    },
    NodeRepairConfig: { case: 'repair of nodes', field: 'managedNodeGroups[web].nodeRepairConfig.enabled' },
    NodeRole: { case: 'the role of the nodes', field: 'managedNodeGroups[web].iam.instanceRoleARN' },
    NodegroupName: { case: 'a renamed node group', renamed: ['managedNodeGroups[web]', 'managedNodeGroups[web-2]'] },
    ReleaseVersion: { case: 'a release of the image', field: 'managedNodeGroups[web].releaseVersion' },
    RemoteAccess: { unreachable: 'eksctl writes the key for SSH into a launch template' },
    ScalingConfig: { case: 'more nodes', field: 'managedNodeGroups[web].minSize' },
    Subnets: { case: 'zones of a node group', field: 'managedNodeGroups[web].availabilityZones' },
    Tags: { case: 'tags of a node group', field: 'managedNodeGroups[web].tags' },
    Taints: { case: 'taints', field: 'managedNodeGroups[web].taints' },
    UpdateConfig: {
      case: 'how many nodes are updated at once',
      field: 'managedNodeGroups[web].updateConfig.maxUnavailablePercentage',
    },
    Version: { case: 'one version', field: 'metadata.version', by: 'api' },
    WarmPoolConfig: NO_FIELD,
  },
  'AWS::EKS::Addon': {
    AddonName: {
      case: 'another add-on',
      renamed: ['addons[aws-ebs-csi-driver]', 'addons[aws-efs-csi-driver]'],
      by: 'api',
    },
    AddonVersion: { case: 'a version of an add-on', field: 'addons[aws-ebs-csi-driver].version', by: 'api' },
    ClusterName: CLUSTER_NAME,
    ConfigurationValues: {
      case: 'values of an add-on',
      field: 'addons[aws-ebs-csi-driver].configurationValues',
      by: 'api',
    },
    NamespaceConfig: {
      case: 'the namespace of an add-on',
      field: 'addons[aws-ebs-csi-driver].namespaceConfig.namespace',
      by: 'api',
    },
    PodIdentityAssociations: {
      case: 'no pod identities of an add-on',
      field: 'addons[aws-ebs-csi-driver].podIdentityAssociations',
      by: 'api',
    },
    PreserveOnDelete: { unreachable: 'a flag of `eksctl delete addon`, which a plan does not set' },
    ResolveConflicts: { case: 'values of an add-on', field: 'addons[aws-ebs-csi-driver].resolveConflicts', by: 'api' },
    ServiceAccountRoleArn: {
      case: 'the role of an add-on',
      field: 'addons[aws-ebs-csi-driver].serviceAccountRoleARN',
      by: 'api',
    },
    Tags: { case: 'tags of an add-on', field: 'addons[aws-ebs-csi-driver].tags', by: 'api' },
  },
  'AWS::EKS::FargateProfile': {
    ClusterName: CLUSTER_NAME,
    FargateProfileName: {
      case: 'a renamed Fargate profile',
      renamed: ['fargateProfiles[jobs]', 'fargateProfiles[batch]'],
      by: 'api',
    },
    PodExecutionRoleArn: {
      case: 'the role of a Fargate profile',
      field: 'fargateProfiles[jobs].podExecutionRoleARN',
      by: 'api',
    },
    Selectors: { case: 'selectors of a Fargate profile', field: 'fargateProfiles[jobs].selectors', by: 'api' },
    Subnets: { case: 'subnets of a Fargate profile', field: 'fargateProfiles[jobs].subnets', by: 'api' },
    Tags: { case: 'tags of a Fargate profile', field: 'fargateProfiles[jobs].tags', by: 'api' },
  },
  'AWS::EKS::AccessEntry': {
    AccessPolicies: {
      case: 'policies of an access entry',
      field: 'accessConfig.accessEntries[arn:aws:iam::111122223333:role/one].accessPolicies',
    },
    ClusterName: CLUSTER_NAME,
    KubernetesGroups: {
      case: 'groups and user of an access entry',
      field: 'accessConfig.accessEntries[arn:aws:iam::111122223333:role/one].kubernetesGroups',
    },
    PrincipalArn: {
      case: 'an access entry of another role',
      renamed: [
        'accessConfig.accessEntries[arn:aws:iam::111122223333:role/one]',
        'accessConfig.accessEntries[arn:aws:iam::111122223333:role/other]',
      ],
    },
    Tags: NO_FIELD,
    Type: {
      case: 'the type of an access entry',
      field: 'accessConfig.accessEntries[arn:aws:iam::111122223333:role/one].type',
    },
    Username: {
      case: 'groups and user of an access entry',
      field: 'accessConfig.accessEntries[arn:aws:iam::111122223333:role/one].kubernetesUsername',
    },
  },
  'AWS::EKS::PodIdentityAssociation': {
    ClusterName: CLUSTER_NAME,
    DisableSessionTags: {
      case: 'a role of the pod identity in another account',
      field: 'iam.podIdentityAssociations[shop/web].disableSessionTags',
      by: 'api',
    },
    Namespace: {
      case: 'a pod identity in another namespace',
      renamed: ['iam.podIdentityAssociations[shop/web]', 'iam.podIdentityAssociations[front/web]'],
      by: 'api',
    },
    Policy: { case: 'a policy of a session', field: 'iam.podIdentityAssociations[shop/web].policy', by: 'api' },
    RoleArn: {
      case: 'another role of a pod identity',
      field: 'iam.podIdentityAssociations[shop/web].roleARN',
      by: 'api',
    },
    ServiceAccount: {
      case: 'a pod identity of another ServiceAccount',
      renamed: ['iam.podIdentityAssociations[shop/web]', 'iam.podIdentityAssociations[shop/api]'],
      by: 'api',
    },
    Tags: { case: 'another role of a pod identity', field: 'iam.podIdentityAssociations[shop/web].tags', by: 'api' },
    TargetRoleArn: {
      case: 'a role of the pod identity in another account',
      field: 'iam.podIdentityAssociations[shop/web].targetRoleARN',
      by: 'api',
    },
  },
  'AWS::EKS::Capability': {
    CapabilityName: { case: 'a renamed capability', renamed: ['capabilities[ack]', 'capabilities[aws]'] },
    ClusterName: CLUSTER_NAME,
    Configuration: {
      case: 'roles of Argo CD',
      field: 'capabilities[argocd].configuration.argocd.rbacRoleMappings',
    },
    DeletePropagationPolicy: { unreachable: 'EKS knows one value, RETAIN' },
    RoleArn: { case: 'the role of a capability', field: 'capabilities[ack].roleArn' },
    Tags: { case: 'the role of a capability', field: 'capabilities[ack].tags', by: 'api' },
    Type: { case: 'the type of a capability', field: 'capabilities[one].type' },
  },
};
