import { hasOwnVpc } from '../../../eksctl/rules/accessors';
import type { NodeClass } from '../../../imports/eks-auto-mode';
import { type InventoryObject, title } from '../../../kube/inventory';
import { clusterRule } from '../../rule';

const EKSCTL_TAG = 'alpha.eksctl.io/cluster-name';

/** Subnets of a VPC that eksctl has not made do not carry its tags, so the class finds none. */
export const rule = clusterRule({
  id: 'node-classes/subnet-tags',
  title: "a NodeClass selects subnets by eksctl's tags only in a VPC that eksctl makes",
  severity: 'error',
  check: ({ config }, inventory, report) => {
    if (config.autoModeConfig?.enabled !== true || !hasOwnVpc(config)) {
      return;
    }
    for (const object of inventory.ofKind('NodeClass', 'eks.amazonaws.com').filter(selectsByEksctlTags)) {
      report(object, {
        message: `${title(object)} finds its subnets by the tag '${EKSCTL_TAG}', which only subnets of eksctl have, but the ClusterConfig names a VPC of its own (vpc.id, vpc.subnets)`,
        field: 'spec.subnetSelectorTerms',
        fix: "give them by 'subnets', such as [{ id: 'subnet-0123456789abcdef0' }] or [{ tags: { tier: 'private' } }]",
      });
    }
  },
});

function selectsByEksctlTags({ manifest }: InventoryObject): boolean {
  const { spec } = manifest as unknown as Partial<NodeClass>;
  return spec?.subnetSelectorTerms?.some(({ tags }) => tags !== undefined && EKSCTL_TAG in tags) ?? false;
}
