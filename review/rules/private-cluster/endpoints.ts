import { endpointCommands, madeEndpoints, privateCalls } from '../../private-endpoints';
import { clusterRule } from '../../rule';

/** A private cluster reaches AWS by endpoints, of which eksctl makes those that nodes need; pod identity has a rule of its own, X35. */
export const rule = clusterRule({
  id: 'private-cluster/endpoints',
  title: 'a private cluster has a VPC endpoint for each AWS service that its workloads call',
  severity: 'warning',
  why: 'A private cluster has no route to the internet. Without a VPC endpoint for the service, calls to it time out.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
privateCluster: { enabled: true }
iam:
  podIdentityAssociations:
    - namespace: shop
      serviceAccountName: web
      permissionPolicy:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Action: ['sqs:ReceiveMessage'], Resource: '*' }]
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
privateCluster: { enabled: true }
iam:
  podIdentityAssociations:
    - namespace: shop
      serviceAccountName: web
      permissionPolicy:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Action: ['s3:GetObject'], Resource: '*' }]
`,
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
