import type { Service } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { ingressBackends } from '../../../kube/references';
import { albField, albIngresses } from '../../ingresses';
import type { Rule } from '../../rule';

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
  check: ({ inventory }, report) => {
    const services = new Map(
      inventory.ofKind('Service', '').map((object) => [`${object.namespace}/${object.manifest.metadata.name}`, object]),
    );
    for (const { object, setting } of albIngresses(inventory)) {
      const type = setting('target-type');
      for (const name of new Set(ingressBackends(object.manifest).map((backend) => backend.name))) {
        const service = services.get(`${object.namespace}/${name}`);
        const own = service?.manifest.metadata.annotations?.['alb.ingress.kubernetes.io/target-type'];
        const { type: kind = 'ClusterIP' } = ((service?.manifest as unknown as Partial<Service>)?.spec ?? {}) as {
          type?: string;
        };
        if (service && (own ?? type) === 'instance' && kind === 'ClusterIP') {
          report(object, {
            message: `${title(object)} has instance targets, and ${title(service)} of type ClusterIP has no node port`,
            fix: 'write alb.ingress.kubernetes.io/target-type: ip, or type: NodePort in the Service',
            field: albField('target-type'),
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
