import { NLB_CLASS } from '../../../eks/compute-modes';
import { NLB_PREFIX } from '../../../eks/load-balancer-annotations';
import type { Service } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import type { Rule } from '../../rule';

/** Without a class the old controller of Kubernetes may make a Classic Load Balancer. */
export const rule: Rule = {
  id: 'load-balancers/in-tree',
  title: 'a Service of type LoadBalancer names the controller that serves it',
  severity: 'warning',
  why: 'Without a class the controller that was part of Kubernetes takes the Service, and makes a Classic Load Balancer with instance targets. The class cannot be changed later.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html',
  bad: service('type: LoadBalancer'),
  good: service('type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb'),
  check: ({ inventory, cluster }, report) => {
    // EKS Auto Mode sets its class itself
    if (cluster?.config.autoModeConfig?.enabled === true) {
      return;
    }
    for (const object of inventory.ofKind('Service', '')) {
      const { spec } = object.manifest as unknown as Partial<Service>;
      const type = object.manifest.metadata.annotations?.[`${NLB_PREFIX}type`];
      const byType = type === 'external' || type === 'nlb-ip';
      if (spec?.type === 'LoadBalancer' && spec.loadBalancerClass === undefined && !byType) {
        report(object, {
          message: `${title(object)} of type LoadBalancer has no loadBalancerClass`,
          fix: `write loadBalancerClass: ${NLB_CLASS['node-groups']}`,
          field: 'spec.loadBalancerClass',
        });
      }
    }
  },
};

function service(spec: string): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: default }
spec: { ${spec}, ports: [{ port: 80 }] }
`;
}
