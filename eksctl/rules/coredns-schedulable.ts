import { like } from '../fargate-profiles';
import { filledSizes } from '../node-group-defaults';
import { allGroups, clusterRule, count, entries, isAutoMode, keys, present, strings } from './accessors';
import { hardTaints } from './node-group-labels-taints';
import type { UnvalidatedGroup } from './unvalidated';

/** Whether the taints repel CoreDNS and metrics-server, which tolerate CriticalAddonsOnly. */
function refuses(group: UnvalidatedGroup): boolean {
  return hardTaints(group).some(({ key }) => key !== 'CriticalAddonsOnly');
}

/** Nodes for CoreDNS and metrics-server. */
export const COREDNS_RULES = [
  clusterRule('X36', 'aws', 'CoreDNS and metrics-server can be scheduled on a node group', (config, report) => {
    const groups = allGroups(config);
    const elsewhere = isAutoMode(config) || count(config.fargateProfiles) > 0 || groups.length === 0;
    if (!elsewhere && groups.every(([group]) => refuses(group))) {
      report.warning(
        groups[0]![1],
        'all node groups have taints that CoreDNS and metrics-server may not tolerate',
        'remove the taints of one group, or keep only CriticalAddonsOnly',
      );
    }
  }),
  clusterRule('X38', 'aws', 'a node group has nodes at the beginning, for CoreDNS', (config, report) => {
    const groups = allGroups(config);
    const onFargate = present(config.fargateProfiles, '').some(([{ selectors }]) =>
      entries(selectors, '').some(([{ namespace }]) => like(namespace ?? '', 'kube-system')),
    );
    const elsewhere = isAutoMode(config) || onFargate || groups.length === 0;
    if (!elsewhere && groups.every(([group]) => filledSizes(group).desired === 0)) {
      report.warning(
        `${groups[0]![1]}.desiredCapacity`,
        'no group has nodes at the beginning: CoreDNS and the add-ons run nowhere, nor does an autoscaler',
        'write `desiredCapacity: 2` in one group',
      );
    }
  }),
  clusterRule('X39', 'aws', "Auto Mode has another node pool than 'system'", (config, report) => {
    const pools = strings(config.autoModeConfig?.nodePools, '').map(([pool]) => pool);
    if (isAutoMode(config) && pools.length > 0 && pools.every((pool) => pool === 'system')) {
      report.warning(
        'autoModeConfig.nodePools',
        "the pool 'system' has the taint CriticalAddonsOnly, which apps do not tolerate: their pods never start",
        "add 'general-purpose', or create a NodePool as a manifest",
      );
    }
  }),
  // https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html
  clusterRule('X58', 'aws', 'Fargate does not take kube-system from the node groups', (config, report) => {
    const nodes = allGroups(config).length > 0;
    for (const [{ selectors }, path] of nodes ? present(config.fargateProfiles, 'fargateProfiles') : []) {
      for (const [{ namespace, labels }, place] of entries(selectors, `${path}.selectors`)) {
        if (like(namespace ?? '', 'kube-system') && keys(labels).length === 0) {
          report.warning(
            place,
            'moves CoreDNS and all Deployments of kube-system to Fargate, though the cluster has nodes: each pod takes a machine of its own',
            'delete the selector, or add labels of the pods that are meant',
          );
        }
      }
    }
  }),
];
