import { ARCH, CAPACITY_TYPE, COMPUTE_TYPE, MANAGED_CAPACITY, OS } from '../../eks/node-labels';
import { hasNoKey } from '../../kube/collections';
import type { ClusterContext } from '../core/cluster-context';
import type { NodeSelectorRequirement } from '../core/k8s';
import type { Placement } from './placement';

type Labels = Readonly<Record<string, string>>;

const NONE: readonly Labels[] = [];

/** One label where all nodes are made alike; any of two where Karpenter may make some of them. */
function capacityLabels(placement: Placement, cluster: ClusterContext | undefined): readonly Labels[] {
  const { capacity } = placement;
  if (capacity === undefined) {
    return NONE;
  }
  const managed = { [MANAGED_CAPACITY]: capacity === 'spot' ? 'SPOT' : 'ON_DEMAND' };
  const karpenter = { [CAPACITY_TYPE]: capacity };
  if (cluster?.facts.compute === 'auto') {
    return [karpenter];
  }
  return cluster?.facts.made && !cluster.facts.karpenter ? [managed] : [managed, karpenter];
}

/** The labels that a node must have. */
export function nodeSelector(placement: Placement, cluster: ClusterContext | undefined): Labels | undefined {
  const selector: Record<string, string> = { ...placement.nodeLabels };
  if (placement.os === 'windows') {
    selector[OS] = 'windows';
  }
  if (placement.architecture) {
    selector[ARCH] = placement.architecture;
  }
  if (placement.computeType) {
    selector[COMPUTE_TYPE] = placement.computeType;
  }
  const capacities = capacityLabels(placement, cluster);
  if (capacities.length === 1) {
    Object.assign(selector, capacities[0]);
  }
  return hasNoKey(selector) ? undefined : selector;
}

/** The alternatives that one label cannot express. */
export function capacityAlternatives(
  placement: Placement,
  cluster: ClusterContext | undefined,
): NodeSelectorRequirement[][] {
  const labels = capacityLabels(placement, cluster);
  return labels.length < 2
    ? []
    : labels.map((one) =>
        Object.entries(one).map(([key, value]) => ({ key, operator: 'In' as const, values: [value] })),
      );
}
