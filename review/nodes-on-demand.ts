import type { Inventory } from '../kube/inventory';
import type { ClusterSide } from './cluster-side';

/** Whether Karpenter makes nodes for pods that find no place: by pools of the set, or by those of its own cluster. */
export function makesNodes({ config, karpenter }: ClusterSide, inventory: Inventory): boolean {
  return (
    karpenter !== undefined || config.karpenter !== undefined || inventory.ofKind('NodePool', 'karpenter.sh').length > 0
  );
}
