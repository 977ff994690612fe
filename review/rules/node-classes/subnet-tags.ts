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
  why: 'Only subnets that eksctl makes have its tags. In a VPC of your own the NodeClass finds no subnets, and no node starts.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
autoModeConfig: { enabled: true }
vpc:
  id: vpc-0123456789abcdef0
  subnets: { private: { us-west-2a: { id: subnet-0123456789abcdef0 }, us-west-2b: { id: subnet-0123456789abcdef1 } } }
---
apiVersion: eks.amazonaws.com/v1
kind: NodeClass
metadata: { name: nodes }
spec:
  role: nodes
  subnetSelectorTerms: [{ tags: { alpha.eksctl.io/cluster-name: prod } }]
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
autoModeConfig: { enabled: true }
---
apiVersion: eks.amazonaws.com/v1
kind: NodeClass
metadata: { name: nodes }
spec:
  role: nodes
  subnetSelectorTerms: [{ tags: { alpha.eksctl.io/cluster-name: prod } }]
`,
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
