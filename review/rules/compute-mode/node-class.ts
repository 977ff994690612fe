import { title } from '../../../kube/inventory';
import { clusterRule } from '../../rule';

/** A NodeClass of Auto Mode on a cluster without it is accepted by nothing. */
export const rule = clusterRule({
  id: 'compute-mode/node-class',
  title: 'a NodeClass of EKS Auto Mode is for a cluster in Auto Mode',
  severity: 'error',
  check: ({ config }, inventory, report) => {
    if (config.autoModeConfig?.enabled === true) {
      return;
    }
    for (const object of inventory.ofKind('NodeClass', 'eks.amazonaws.com')) {
      report(object, {
        message: `${title(object)} belongs to EKS Auto Mode, but autoModeConfig.enabled is not true in the ClusterConfig`,
        fix: 'remove it, or create the Cluster with autoMode instead of nodeGroups',
      });
    }
  },
});
