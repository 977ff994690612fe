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
