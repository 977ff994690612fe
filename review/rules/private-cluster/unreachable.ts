import { privateCalls } from '../../private-endpoints';
import { clusterRule } from '../../rule';

/** Some AWS services have no VPC endpoint. */
export const rule = clusterRule({
  id: 'private-cluster/unreachable',
  title: 'workloads of a private cluster call only AWS services that have a VPC endpoint',
  severity: 'warning',
  why: 'A private cluster has no route to the internet, and AWS offers no VPC endpoint for the service. Calls to it time out.',
  source: 'https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
privateCluster: { enabled: true }
iam:
  podIdentityAssociations:
    - namespace: shop
      serviceAccountName: web
      wellKnownPolicies: { externalDNS: true }
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
      wellKnownPolicies: { ebsCSIController: true }
`,
  check: (cluster, _inventory, report) => {
    for (const { account, path, unreachable } of privateCalls(cluster)) {
      if (unreachable.length > 0) {
        report(undefined, {
          construct: cluster.identities.get(account),
          message: `service account '${account}' may call ${unreachable.join(', ')} (${path}), which a private cluster cannot reach: there is no VPC endpoint for it`,
          field: path,
          fix: 'let it call through a proxy',
        });
      }
    }
  },
});
