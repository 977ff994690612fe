import type { NodePool } from '../../../imports/karpenter';
import { title } from '../../../kube/inventory';
import { clusterRule } from '../../rule';

/** The NodeClass 'default' comes with the pools that Auto Mode brings. */
export const rule = clusterRule({
  id: 'node-classes/default-missing',
  title: "a NodePool names the NodeClass 'default' only beside the built-in pools",
  severity: 'error',
  why: "The NodeClass 'default' comes with the built-in node pools. Without them it does not exist, the NodePool never becomes ready, and its pods stay pending.",
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/set-builtin-node-pools.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
autoModeConfig: { enabled: true, nodePools: [] }
---
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: batch }
spec:
  template:
    spec:
      nodeClassRef: { group: eks.amazonaws.com, kind: NodeClass, name: default }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
autoModeConfig: { enabled: true }
---
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: batch }
spec:
  template:
    spec:
      nodeClassRef: { group: eks.amazonaws.com, kind: NodeClass, name: default }
`,
  check: ({ config: { autoModeConfig } }, inventory, report) => {
    const made = inventory
      .ofKind('NodeClass', 'eks.amazonaws.com')
      .some(({ manifest }) => manifest.metadata.name === 'default');
    if (autoModeConfig?.enabled !== true || autoModeConfig.nodePools?.length !== 0 || made) {
      return;
    }
    for (const object of inventory.ofKind('NodePool', 'karpenter.sh')) {
      const { spec } = object.manifest as unknown as Partial<NodePool>;
      const reference = spec?.template?.spec?.nodeClassRef;
      if (reference?.group === 'eks.amazonaws.com' && reference.name === 'default') {
        report(object, {
          message: `${title(object)} uses the NodeClass 'default', which comes with the built-in pools, but autoModeConfig.nodePools is empty in the ClusterConfig`,
          field: 'spec.template.spec.nodeClassRef',
          fix: "create new NodeClass(cluster, 'nodes', { role: 'arn:aws:iam::111122223333:role/nodes' }) and name it by 'nodeClass'",
        });
      }
    }
  },
});
