/**
 * The access policies of EKS as of 2026-08: those of its user guide, of `aws eks list-access-policies`, and of the guides of
 * AWS Batch and SageMaker HyperPod, which neither lists. The list grows.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 * @see https://docs.aws.amazon.com/batch/latest/userguide/getting-started-eks.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks.html
 */
export const ACCESS_POLICIES: readonly string[] = [
  'AmazonAIOpsAssistantPolicy',
  'AmazonARCRegionSwitchScalingPolicy',
  'AmazonEKSACKPolicy',
  'AmazonEKSAdminPolicy',
  'AmazonEKSAdminViewPolicy',
  'AmazonEKSArgoCDClusterPolicy',
  'AmazonEKSArgoCDPolicy',
  'AmazonEKSAutoNodePolicy',
  'AmazonEKSBlockStorageClusterPolicy',
  'AmazonEKSBlockStoragePolicy',
  'AmazonEKSClusterAdminPolicy',
  'AmazonEKSClusterInsightsPolicy',
  'AmazonEKSComputeClusterPolicy',
  'AmazonEKSComputePolicy',
  'AmazonEKSEditPolicy',
  'AmazonEKSEventPolicy',
  'AmazonEKSHybridPolicy',
  'AmazonEKSKROPolicy',
  'AmazonEKSLoadBalancingClusterPolicy',
  'AmazonEKSLoadBalancingPolicy',
  'AmazonEKSNetworkingClusterPolicy',
  'AmazonEKSNetworkingPolicy',
  'AmazonEKSPodIdentityPolicy',
  'AmazonEKSSecretAdminPolicy',
  'AmazonEKSSecretReaderPolicy',
  'AmazonEKSViewPolicy',
  'AmazonEMRJobPolicy',
  'AmazonSagemakerHyperpodClusterPolicy',
  'AmazonSagemakerHyperpodControllerPolicy',
  'AmazonSagemakerHyperpodInferenceMonitoringPolicy',
  'AmazonSagemakerHyperpodInferencePolicy',
  'AmazonSagemakerHyperpodSpacePolicy',
  'AmazonSagemakerHyperpodSpaceTemplatePolicy',
  'AmazonSagemakerHyperpodSystemNamespacePolicy',
  'AmazonSagemakerHyperpodTrainingPolicy',
  'AmazonSagemakerHyperpodUserClusterPolicy',
  'AWSBackupFullAccessPolicyForBackup',
  'AWSBackupFullAccessPolicyForRestore',
  'AWSBatchClusterPolicy',
  'AWSBatchNamespacePolicy',
];

/** Managed policies of IAM that nodes need, by what they are for; any of a row serves. */
export const NODE_POLICIES = {
  /** To join the cluster. */
  join: ['AmazonEKSWorkerNodePolicy', 'AmazonEKSWorkerNodeMinimalPolicy'],
  /** To pull images of add-ons and apps. */
  pull: [
    'AmazonEC2ContainerRegistryPullOnly',
    'AmazonEC2ContainerRegistryReadOnly',
    'AmazonEC2ContainerRegistryPowerUser',
    'AmazonEC2ContainerRegistryFullAccess',
  ],
  /** To give pods addresses, where the vpc-cni has no role of its own. */
  addresses: ['AmazonEKS_CNI_Policy'],
} as const;

/** Grant all of it. */
export const ALL_POWERFUL: readonly string[] = ['AdministratorAccess', 'PowerUserAccess'];
