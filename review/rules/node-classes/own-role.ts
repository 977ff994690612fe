import { clusterRule } from '../../rule';

/** EKS creates the access entry of its own node class; a second one for the role fails after the cluster has been made. */
export const rule = clusterRule({
  id: 'node-classes/own-role',
  title: 'the role of Auto Mode has no access entry of its own',
  severity: 'error',
  why: 'EKS creates the access entry of the role of Auto Mode itself. A second entry for it fails after the cluster has been created.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
autoModeConfig:
  enabled: true
  nodeRoleARN: arn:aws:iam::111122223333:role/nodes
accessConfig:
  accessEntries: [{ principalARN: 'arn:aws:iam::111122223333:role/nodes', type: EC2 }]
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
autoModeConfig:
  enabled: true
  nodeRoleARN: arn:aws:iam::111122223333:role/nodes
accessConfig:
  accessEntries: [{ principalARN: 'arn:aws:iam::111122223333:role/other', type: EC2 }]
`,
  check: ({ config: { accessConfig, autoModeConfig } }, _inventory, report) => {
    const role = autoModeConfig?.enabled === true ? autoModeConfig.nodeRoleARN : undefined;
    const at = (accessConfig?.accessEntries ?? []).findIndex(({ principalARN }) => principalARN === role);
    if (role !== undefined && at >= 0) {
      report(undefined, {
        message: `accessConfig.accessEntries[${at}] of the ClusterConfig grants access to '${role}', as autoModeConfig.nodeRoleARN already does`,
        field: `accessConfig.accessEntries[${at}]`,
        fix: 'remove the entry, or give the NodeClass that asks for it a role of its own',
      });
    }
  },
});
