import { title } from '../../../kube/inventory';
import { routedServices } from '../../routes';
import type { Rule } from '../../rule';
import { servicesByName } from '../../services';

/** A port that the Service behind a route does not have. */
export const rule: Rule = {
  id: 'routes/service-port',
  title: 'routes, target group bindings and actions name a port of their Service',
  severity: 'error',
  why: 'The controller finds no such port. It makes no target group, and requests that the route takes get an error.',
  source: 'https://gateway-api.sigs.k8s.io/reference/spec/#backendref',
  bad: manifests(8080),
  good: manifests(80),
  check: ({ inventory }, report) => {
    const byName = servicesByName(inventory);
    for (const { object, namespace, name, port, needsPort, field } of routedServices(inventory)) {
      const service = byName.named(namespace, name);
      if (!service || service.manifest.spec?.type === 'ExternalName' || (port === undefined && !needsPort)) {
        continue;
      }
      const { ports } = service;
      if (!ports.some((one) => one.port === Number(port) || one.name === port)) {
        const numbers = ports.flatMap((one) => one.port ?? []);
        report(object, {
          message:
            port === undefined
              ? `${title(object)} sends traffic to Service '${name}', and names no port`
              : `${title(object)} sends traffic to port '${port}' of Service '${name}', which has no such port`,
          fix: numbers.length > 0 ? `write one of its ports: ${numbers.join(', ')}` : 'add the port to the Service',
          field,
        });
      }
    }
  },
};

function manifests(port: number): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: public, namespace: gateways }]
  rules: [{ backendRefs: [{ name: web, port: ${port} }] }]
`;
}
