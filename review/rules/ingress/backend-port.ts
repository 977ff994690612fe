import { title } from '../../../kube/inventory';
import { ingressBackends } from '../../../kube/references';
import type { Rule } from '../../rule';
import { servicesByName } from '../../services';

/** A backend that names a port its Service does not have gets no target group. */
export const rule: Rule = {
  id: 'ingress/backend-port',
  title: 'a backend of an Ingress names a port of its Service',
  severity: 'error',
  why: 'The controller finds no such port on the Service and makes no target group for the backend. Requests get an error, and one such backend can block the changes of the whole load balancer.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/',
  bad: `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  ports: [{ name: http, port: 80 }]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  defaultBackend: { service: { name: web, port: { number: 8080 } } }
`,
  good: `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  ports: [{ name: http, port: 80 }]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  defaultBackend: { service: { name: web, port: { number: 80 } } }
`,
  check: ({ inventory }, report) => {
    const services = servicesByName(inventory);
    for (const object of inventory.ofKind('Ingress', 'networking.k8s.io')) {
      for (const { name, port } of ingressBackends(object.manifest)) {
        // a backend without a port is refused before
        const known = port?.name !== undefined || port?.number !== undefined;
        const service = known ? services.named(object.namespace, name) : undefined;
        const found = service?.ports.some((p) => (port?.name ? p.name === port.name : p.port === port?.number));
        if (service && !found) {
          report(object, {
            message: `${title(object)} sends traffic to port '${port?.name ?? port?.number}' of Service '${name}', which has no such port`,
            fix: 'name one of its ports',
          });
        }
      }
    }
  },
};
