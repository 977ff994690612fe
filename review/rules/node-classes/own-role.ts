import { clusterRule } from '../../rule';

/** EKS creates the access entry of its own node class; a second one for the role fails after the cluster has been made. */
export const rule = clusterRule({
  id: 'node-classes/own-role',
  title: 'the role of Auto Mode has no access entry of its own',
  severity: 'error',
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
