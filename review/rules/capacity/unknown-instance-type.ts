import { clusterRule } from '../../rule';

/** Without the resources of a type, it cannot be told whether the app fits. */
export const rule = clusterRule({
  id: 'capacity/unknown-instance-type',
  title: 'the resources of every instance type are known',
  needs: 'capacity',
  severity: 'warning',
  why: 'The size of the nodes decides whether the pods fit. A type that is not in the tables is new, or its name has a typing error.',
  source: 'https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: workers, instanceType: m99.large, minSize: 3, maxSize: 3, desiredCapacity: 3 }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: workers, instanceType: m5.large, minSize: 3, maxSize: 3, desiredCapacity: 3 }
`,
  check: ({ capacity }, _inventory, report) => {
    for (const { group, type } of capacity?.().unknownTypes ?? []) {
      report(undefined, {
        message: `the resources of instance type ${type} of node group '${group}' are not known, so it cannot be told whether the app fits`,
        fix: `write instanceTypes: [InstanceType.custom({ name: '${type}', ... })]`,
      });
    }
  },
});
