import { groupRule } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isSet } from './unvalidated';

const LIMITS = ['maxUnhealthyNodeThreshold', 'maxParallelNodesRepaired'] as const;

/** Node repair, which eksctl passes to EKS without validation. */
export const REPAIR_RULES: readonly NodeGroupRule[] = [
  groupRule(
    {
      id: 'X77',
      enforcedBy: 'aws',
      only: 'managed',
      title: 'a limit of nodeRepairConfig is a percentage or a count, not both',
    },
    ({ group, error }) => {
      for (const limit of LIMITS) {
        const { [`${limit}Count` as const]: count, [`${limit}Percentage` as const]: percent } =
          group.nodeRepairConfig ?? {};
        if (isSet(count) && isSet(percent)) {
          error(
            `nodeRepairConfig.${limit}Count`,
            `cannot be combined with ${limit}Percentage ${percent}, but is ${count}`,
            `remove ${limit}Count`,
          );
        }
      }
    },
  ),
  groupRule(
    { id: 'X78', enforcedBy: 'aws', only: 'managed', title: 'percentages of nodeRepairConfig are 1 to 100' },
    ({ group, error }) => {
      for (const limit of LIMITS) {
        const percent = group.nodeRepairConfig?.[`${limit}Percentage`];
        if (isSet(percent) && (percent < 1 || percent > 100)) {
          error(`nodeRepairConfig.${limit}Percentage`, `must be 1 to 100, but is ${percent}`, 'write for example 20');
        }
      }
    },
  ),
];
