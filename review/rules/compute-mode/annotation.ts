import { UNREAD_IN_AUTO_MODE } from '../../../eks/auto-mode-annotations';
import { ALB_CONTROLLER, NLB_CLASS } from '../../../eks/compute-modes';
import { type Inventory, type InventoryObject, title } from '../../../kube/inventory';
import { MANAGED_BY } from '../../../kube/labels';
import { classNameOf } from '../../ingresses';
import { clusterRule } from '../../rule';

/** Annotations of the AWS Load Balancer Controller in a cluster that has the controller of Auto Mode. */
export const rule = clusterRule({
  id: 'compute-mode/annotation',
  title: 'load balancers of EKS Auto Mode have the annotations that it reads',
  severity: 'warning',
  why: 'The controller of EKS Auto Mode does not read some annotations of the AWS Load Balancer Controller. They are accepted, and have no effect.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html',
  bad: manifests('aws-load-balancer-internal', "'true'"),
  good: manifests('aws-load-balancer-scheme', 'internal'),
  check: ({ config }, inventory, report) => {
    if (config.autoModeConfig?.enabled !== true) {
      return;
    }
    const others = inventory.view(classesOfOthers);
    const objects = [
      ...inventory.ofKind('Ingress', 'networking.k8s.io').filter((object) => !others.has(classNameOf(object) ?? '')),
      ...inventory.ofKind('Service', '').filter(isOfAutoMode),
    ];
    for (const object of objects) {
      const { kind, metadata } = object.manifest;
      const unread = UNREAD_IN_AUTO_MODE[kind as 'Ingress' | 'Service'];
      for (const name of Object.keys(metadata.annotations ?? {})) {
        if (Object.hasOwn(unread, name) && !isSaidByPattern(object, name)) {
          report(object, {
            message: `${title(object)} has the annotation ${name}, which EKS Auto Mode does not read`,
            fix: unread[name]!,
            field: `metadata.annotations['${name}']`,
          });
        }
      }
    }
  },
});

/** A pattern refuses the group of its Ingress by itself. */
function isSaidByPattern({ manifest }: InventoryObject, name: string): boolean {
  return name.endsWith('/group.name') && manifest.metadata.labels?.['app.kubernetes.io/managed-by'] === MANAGED_BY;
}

/** Classes of controllers that are installed beside Auto Mode. */
const classesOfOthers = (inventory: Inventory): ReadonlySet<string> =>
  new Set(
    inventory
      .ofKind('IngressClass', 'networking.k8s.io')
      .filter(({ manifest }) => manifest.spec?.controller !== ALB_CONTROLLER.auto)
      .map(({ manifest }) => manifest.metadata.name),
  );

function isOfAutoMode({ manifest }: InventoryObject): boolean {
  const { type, loadBalancerClass = NLB_CLASS.auto } = (manifest.spec ?? {}) as Readonly<Record<string, unknown>>;
  return type === 'LoadBalancer' && loadBalancerClass === NLB_CLASS.auto;
}

function manifests(name: string, value: string): string {
  return `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
autoModeConfig: { enabled: true }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop, annotations: { service.beta.kubernetes.io/${name}: ${value} } }
spec: { type: LoadBalancer, loadBalancerClass: eks.amazonaws.com/nlb, ports: [{ port: 80 }] }
`;
}
