import { TENANT_NODES } from '../../../kube/labels';
import { listed, nearest } from '../../../kube/text';
import { clusterRule } from '../../rule';

/** Nodes that cost money and take no pods. */
export const rule = clusterRule({
  id: 'placement/tenant-group',
  title: 'the nodes of one tenant have a tenant that runs on them',
  severity: 'warning',
  why: 'Nodes with the taint of a tenant take its pods alone. Where its namespace does not ask for them, or no namespace has its name, they stay empty.',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/tenant-isolation.html',
  bad: sample('shop', ''),
  good: sample('shop', ', labels: { cdk8s-eks-patterns.io/tenant: shop }'),
  check: ({ groups, construct, file }, inventory, report) => {
    const tenants = new Set(groups.flatMap(({ labels }) => labels[TENANT_NODES] ?? []));
    if (tenants.size === 0) {
      return;
    }
    const namespaces = inventory.ofKind('Namespace', '');
    const asking = new Set(namespaces.map(({ manifest }) => manifest.metadata.labels?.[TENANT_NODES]));
    const names = namespaces.map(({ manifest }) => manifest.metadata.name);
    for (const tenant of [...tenants].filter((one) => !asking.has(one))) {
      const near = nearest(tenant, names);
      const own = namespaces.find(({ manifest }) => manifest.metadata.name === tenant);
      if (own) {
        report(own, {
          message: `there are nodes for tenant '${tenant}' alone, but namespace '${tenant}' does not ask for them, so they stay empty`,
          fix: "write nodes: 'dedicated' at the Tenant, or take the tenant from the node group",
        });
      } else if (near !== undefined) {
        // another app may have the tenant
        report(undefined, {
          message: `there are nodes for tenant '${tenant}' alone, but no namespace of this name: there is ${listed([near])}`,
          fix: `did you mean '${near}'?`,
          ...(construct === undefined ? {} : { construct }),
          ...(file === undefined ? {} : { file }),
        });
      }
    }
  },
});

/** A group for a tenant, and a namespace. */
function sample(tenant: string, labels: string): string {
  return `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2, version: '1.35' }
managedNodeGroups:
  - name: own
    instanceType: m7i.large
    labels: { cdk8s-eks-patterns.io/tenant: ${tenant} }
    taints: [{ key: cdk8s-eks-patterns.io/tenant, value: ${tenant}, effect: NoSchedule }]
---
apiVersion: v1
kind: Namespace
metadata: { name: shop${labels} }
`;
}
