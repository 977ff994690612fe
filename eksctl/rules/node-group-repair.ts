import { groupRule } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isSet } from './unvalidated';

const LIMITS = ['maxUnhealthyNodeThreshold', 'maxParallelNodesRepaired'] as const;

/** The repair of sick nodes, which eksctl hands to EKS as it stands. */
export const REPAIR_RULES: readonly NodeGroupRule[] = [
  groupRule(
    {
      id: 'X77',
      enforcedBy: 'aws',
      only: 'managed',
      title: 'each limit of nodeRepairConfig is a percentage or a count, not both',
    },
    ({ group, error }) => {
      for (const limit of LIMITS) {
        const { [`${limit}Count` as const]: count, [`${limit}Percentage` as const]: percent } =
          group.nodeRepairConfig ?? {};
        if (isSet(count) && isSet(percent)) {
          error(
            `nodeRepairConfig.${limit}Count`,
            `${limit}Count ${count} stands beside ${limit}Percentage ${percent}`,
            `leave ${limit}Count out`,
          );
        }
      }
    },
  ),
  groupRule(
    { id: 'X78', enforcedBy: 'aws', only: 'managed', title: 'a percentage of nodeRepairConfig is from 1 to 100' },
    ({ group, error }) => {
      for (const limit of LIMITS) {
        const percent = group.nodeRepairConfig?.[`${limit}Percentage`];
        if (isSet(percent) && (percent < 1 || percent > 100)) {
          error(
            `nodeRepairConfig.${limit}Percentage`,
            `${limit}Percentage is ${percent}`,
            'write 1 to 100, such as 20',
          );
        }
      }
    },
  ),
];
