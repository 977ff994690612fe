import { allGroups, clusterRule, count, isAutoMode } from './accessors';
import { listOf, type UnvalidatedGroup } from './unvalidated';

/** Whether the taints repel CoreDNS and metrics-server, which tolerate CriticalAddonsOnly. */
function refuses({ taints }: UnvalidatedGroup): boolean {
  const list = Array.isArray(taints)
    ? listOf(taints).map(({ key, effect }) => ({ key, effect }))
    : Object.entries(taints ?? {}).map(([key, text]) => ({ key, effect: String(text).split(':').pop() }));
  return list.some(({ key, effect }) => key !== 'CriticalAddonsOnly' && effect !== 'PreferNoSchedule');
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
];
