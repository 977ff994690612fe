import { endpointCommands, madeEndpoints, privateCalls } from '../../private-endpoints';
import { clusterRule } from '../../rule';

/** A private cluster reaches AWS by endpoints, of which eksctl makes those that nodes need; pod identity has a rule of its own, X35. */
export const rule = clusterRule({
  id: 'private-cluster/endpoints',
  title: 'a private cluster has a VPC endpoint for each AWS service that its workloads call',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html',
  check: (cluster, _inventory, report) => {
    const made = madeEndpoints(cluster);
    for (const { account, path, endpoints } of privateCalls(cluster)) {
      const missing = endpoints.filter((name) => !made.has(name));
      if (missing.length > 0) {
        report(undefined, {
          construct: cluster.identities.get(account),
          message: `service account '${account}' may call ${missing.join(', ')} (${path}), but privateCluster.enabled leaves no route there`,
          field: path,
          fix: `create the endpoints: ${endpointCommands(cluster, missing)}`,
        });
      }
    }
  },
});
