import {
  ARCH,
  AUTO_PREFIX,
  COMPUTE_TYPE,
  INSTANCE_TYPE,
  isOwnLabel,
  KARPENTER_PREFIX,
  MANAGED_CAPACITY,
  MANAGED_GROUP,
  REGION,
  ZONE,
} from '../../eks/node-labels';
import type { ResolvedNodeGroup } from '../../eksctl/resolved-node-group';
import { ABSENT, ANY, type LabelRequirement, oneOf } from '../../kube/label-requirements';
import type { NodeTemplate } from './node-template';

/** The nodes of a group. What a launch template or an instance selector decides is open. */
export function nodeGroupTemplate(group: ResolvedNodeGroup, region: string): NodeTemplate {
  const { labels, instanceTypes, zones } = group;
  const open = (values: readonly string[]) => (values.length > 0 ? oneOf(values) : ANY);
  return {
    name: `${group.path} '${group.name}'`,
    kind: 'group',
    taints: group.taints,
    offers: ({ on }) => (instanceTypes.length === 0 || instanceTypes.some(on) ? [] : undefined),
    labels: (key): LabelRequirement => {
      switch (key) {
        case ZONE:
          return open(zones);
        case REGION:
          return oneOf([region]);
        case INSTANCE_TYPE:
          return open(instanceTypes);
        case ARCH:
          return instanceTypes.length > 0 ? oneOf([group.architecture]) : ANY;
      }
      const value = labels[key];
      if (value !== undefined) {
        return oneOf([value]);
      }
      return isOwnLabel(key) || ofOtherNodes(key) ? ABSENT : ANY;
    },
  };
}

/** Labels that only nodes have which someone else makes: Auto Mode, Karpenter, EKS for managed groups. */
function ofOtherNodes(key: string): boolean {
  return (
    key === COMPUTE_TYPE ||
    key === MANAGED_GROUP ||
    key === MANAGED_CAPACITY ||
    key === `${AUTO_PREFIX}nodeclass` ||
    key.startsWith(`${AUTO_PREFIX}instance-`) ||
    key.startsWith('karpenter.sh/') ||
    key.startsWith(KARPENTER_PREFIX)
  );
}
