import { clusterRule } from '../../rule';

/** Without the resources of a type, it cannot be told whether the app fits. */
export const rule = clusterRule({
  id: 'capacity/unknown-instance-type',
  title: 'the resources of every instance type are known',
  needs: 'capacity',
  severity: 'warning',
  check: ({ capacity }, _inventory, report) => {
    for (const { group, type } of capacity?.().unknownTypes ?? []) {
      report(undefined, {
        message: `the resources of instance type ${type} of node group '${group}' are not known, so it cannot be told whether the app fits`,
        fix: `write instanceTypes: [InstanceType.custom({ name: '${type}', ... })]`,
      });
    }
  },
});
