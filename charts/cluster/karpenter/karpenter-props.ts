import type { Architecture } from '../../../eks/values';
import type { Quantity } from '../../../kube/values';

/** How nodes of Karpenter are bought. */
export type CapacityType = 'on-demand' | 'spot';

/** The nodes that NodePools make which this app does not write. */
export interface KarpenterNodes {
  /** CPU architectures. @default ['amd64'] */
  readonly architectures?: readonly Architecture[];
  /** 'on-demand', 'spot' or both. @default ['on-demand'] */
  readonly capacityTypes?: readonly CapacityType[];
}

/**
 * A Karpenter of your own, which makes nodes for pods that find no place on the node groups. The steps install it, with
 * its permissions by EKS Pod Identity and the role of its nodes. A NodePool and an EC2NodeClass, both called 'default', are
 * written for nodes as described here; further ones are `NodePool` and `Ec2NodeClass`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/karpenter.html
 */
export interface Karpenter extends KarpenterNodes {
  /** The version of its chart: '1.8.2'. One that does not support the Kubernetes version of the cluster is refused. */
  readonly version: string;
  /** Limits of all nodes of the pool together, which bound its cost. @default { cpu: '1000' }, as in Karpenter's guide */
  readonly limits?: { readonly cpu?: Quantity; readonly memory?: Quantity } | 'none';
}
