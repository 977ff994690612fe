import { title } from '../../../kube/inventory';
import { clusterRule } from '../../rule';

/** A NodeClass of Auto Mode on a cluster without it is accepted by nothing. */
export const rule = clusterRule({
  id: 'compute-mode/node-class',
  title: 'a NodeClass of EKS Auto Mode is for a cluster in Auto Mode',
  severity: 'error',
  why: 'Only EKS Auto Mode defines and reads this kind. Without it the API server refuses the object.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: workers, instanceType: m5.large }
---
apiVersion: eks.amazonaws.com/v1
kind: NodeClass
metadata: { name: nodes }
spec:
  role: nodes
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
`,
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
