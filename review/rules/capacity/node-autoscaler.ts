import { clusterRule } from '../../rule';

/** Nothing but a node autoscaler moves a node group towards its maximum. */
export const rule = clusterRule({
  id: 'capacity/node-autoscaler',
  title: 'a node group that may grow has a node autoscaler',
  needs: 'capacity',
  severity: 'warning',
  why: 'maxSize is only a limit: without a node autoscaler the group stays at its desired capacity, and pods that do not fit stay pending.',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/cluster-autoscaling.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: workers, instanceType: m5.large, minSize: 3, maxSize: 6, desiredCapacity: 3 }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: workers, instanceType: m5.large, minSize: 3, maxSize: 3, desiredCapacity: 3 }
`,
  check: ({ capacity }, _inventory, report) => {
    const found = capacity?.();
    if (!found || found.nodeAutoscaler) {
      return;
    }
    for (const { name, desired, maximum } of found.groups.filter((group) => group.maximum > group.desired)) {
      report(undefined, {
        message: `node group '${name}' may grow from ${desired} to ${maximum} nodes, but nothing makes it grow`,
        fix: 'install cluster-autoscaler, or raise its desiredCapacity by hand',
      });
    }
  },
});
