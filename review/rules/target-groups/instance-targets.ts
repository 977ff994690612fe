import type { Service } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { backendNames } from '../../alb-backends';
import { albField, albIngresses } from '../../ingresses';
import type { Rule } from '../../rule';
import { servicesByName } from '../../services';

/** Instance targets are node ports, which a ClusterIP Service does not have. */
export const rule: Rule = {
  id: 'target-groups/instance-targets',
  title: 'instance targets have Services with node ports',
  severity: 'error',
  why: 'With instance targets a load balancer calls the node port of the Service. The controller refuses a Service without one, and makes no load balancer for the group.',
  source:
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#target-type',
  bad: targets('instance'),
  good: targets('ip'),
  check: ({ inventory, cluster }, report) => {
    const services = servicesByName(inventory);
    const isAuto = cluster?.config.autoModeConfig?.enabled === true;
    for (const { object, setting, targetType } of albIngresses(inventory)) {
      const type = setting('target-type');
      for (const name of backendNames(object)) {
        const service = services.named(object.namespace, name);
        const own = service?.manifest.metadata.annotations?.['alb.ingress.kubernetes.io/target-type'] ?? type;
        const { type: kind = 'ClusterIP' } = ((service?.manifest as unknown as Partial<Service>)?.spec ?? {}) as {
          type?: string;
        };
        const isDefault = own === undefined && targetType === undefined && !isAuto;
        if (service && (own === 'instance' || isDefault) && kind === 'ClusterIP') {
          report(object, {
            message: `${title(object)} has instance targets${isDefault ? ', the default of the controller' : ''}, and ${title(service)} of type ClusterIP has no node port`,
            fix: 'write alb.ingress.kubernetes.io/target-type: ip, or type: NodePort in the Service',
            field: albField('target-type'),
            // the controller may be installed with another default
            ...(isDefault ? { severity: 'advice' } : {}),
          });
        }
      }
    }
  },
};

function targets(type: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: default, annotations: { alb.ingress.kubernetes.io/target-type: ${type} } }
spec:
  ingressClassName: alb
  defaultBackend: { service: { name: web, port: { number: 80 } } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: default }
spec: { ports: [{ port: 80 }] }
`;
}
