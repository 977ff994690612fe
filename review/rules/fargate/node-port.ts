import { NLB_PREFIX } from '../../../eks/load-balancer-annotations';
import { title } from '../../../kube/inventory';
import { LEAVE_FARGATE } from '../../fargate-pods';
import { clusterRule } from '../../rule';
import { services } from '../../services';

/** A port of nodes that a cluster without nodes does not have. */
export const rule = clusterRule({
  id: 'fargate/node-port',
  title: 'Services of a cluster on Fargate only are not called by a port of nodes',
  severity: 'warning',
  why: 'A node port is a port of every node, and instance targets are nodes. Fargate has none that could be called, so only ClusterIP Services and load balancers with IP targets reach its pods.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/fargate.html#fargate-considerations',
  bad: service('NodePort'),
  good: service('ClusterIP'),
  check: ({ config, groups, karpenter }, inventory, report) => {
    const nodes =
      groups.length > 0 ||
      config.autoModeConfig?.enabled === true ||
      config.karpenter ||
      karpenter ||
      config.remoteNetworkConfig;
    if (nodes || !config.fargateProfiles?.length || inventory.ofKind('NodePool', 'karpenter.sh').length > 0) {
      return;
    }
    for (const service of services(inventory).everywhere()) {
      const { type } = service.manifest.spec ?? {};
      const target = service.manifest.metadata.annotations?.[`${NLB_PREFIX}nlb-target-type`];
      if (type === 'NodePort' || (type === 'LoadBalancer' && target === 'instance')) {
        report(service, {
          message: `${title(service)} ${type === 'NodePort' ? 'of type NodePort' : 'with instance targets'} is called by a port of nodes, and all pods of the cluster run on Fargate`,
          fix: `write ${type === 'NodePort' ? 'type: ClusterIP (expose: Expose.clusterIp())' : `${NLB_PREFIX}nlb-target-type: ip`}, or add a node group and ${LEAVE_FARGATE}`,
          field: type === 'NodePort' ? 'spec.type' : `metadata.annotations['${NLB_PREFIX}nlb-target-type']`,
        });
      }
    }
  },
});

function service(type: string): string {
  return `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
fargateProfiles:
  - { name: shop, selectors: [{ namespace: shop }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { type: ${type}, selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: 'example.com/web:1.4', ports: [{ containerPort: 80 }] }] }
`;
}
