import type { ClusterConfig } from '../eksctl/types';
import type { Inventory } from '../kube/inventory';
import { capacity } from '../simulator/capacity';
import type { CapacityReport } from '../simulator/report';
import { type ClusterSide, clusterSide } from './cluster-side';

/** Helm installs Cluster Autoscaler beside the set; its permissions are in the file. */
function releasesOf({ iam }: ClusterConfig): string[] {
  const grants = [...(iam?.podIdentityAssociations ?? []), ...(iam?.serviceAccounts ?? [])];
  return grants.some(({ wellKnownPolicies }) => wellKnownPolicies?.autoScaler === true) ? ['cluster-autoscaler'] : [];
}

/** A cluster of which only the ClusterConfig is known, with the capacity of its nodes for the objects of a set. */
export function simulatedClusterSide(config: ClusterConfig, inventory: Inventory): ClusterSide {
  let report: CapacityReport | undefined;
  const cluster = config.metadata.name;
  const manifests = () => inventory.objects.map(({ manifest }) => manifest);
  return clusterSide(config, {
    // several rules read the report, which takes longer than all of them
    capacity: () => {
      report ??= capacity({ cluster, config, manifests: manifests(), releases: releasesOf(config) });
      return report;
    },
  });
}
