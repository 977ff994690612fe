import { allGroups, clusterRule, count, isAutoMode } from './accessors';
import { listOf, type UnvalidatedGroup } from './unvalidated';

/** Taints that CoreDNS and metrics-server tolerate, and those that refuse nobody. */
function refuses({ taints }: UnvalidatedGroup): boolean {
  const list = Array.isArray(taints)
    ? listOf(taints).map(({ key, effect }) => ({ key, effect }))
    : Object.entries(taints ?? {}).map(([key, text]) => ({ key, effect: String(text).split(':').pop() }));
  return list.some(({ key, effect }) => key !== 'CriticalAddonsOnly' && effect !== 'PreferNoSchedule');
}

/** Where the programs of the cluster itself run. */
export const TAINTED_RULES = [
  clusterRule('X36', 'aws', 'some group takes pods that tolerate nothing', (config, report) => {
    const groups = allGroups(config);
    const elsewhere = isAutoMode(config) || count(config.fargateProfiles) > 0 || groups.length === 0;
    if (!elsewhere && groups.every(([group]) => refuses(group))) {
      report.warning(
        groups[0]![1],
        'every node group refuses pods by a taint, so CoreDNS and metrics-server may have nowhere to run',
        'leave one group without taints, or with CriticalAddonsOnly alone',
      );
    }
  }),
];
