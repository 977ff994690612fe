import { title } from '../../../kube/inventory';
import { nearest } from '../../../kube/text';
import { routedServices } from '../../routes';
import type { Rule } from '../../rule';
import { knowledgeOf } from '../../selection';
import { services, servicesByName } from '../../services';

/** A Service that only a route, a target group binding or an action of a load balancer names. */
export const rule: Rule = {
  id: 'routes/service-missing',
  title: 'the Services behind routes, target group bindings and actions are in the set',
  severity: 'warning',
  why: 'The route is accepted, and requests that it takes get an error. A controller of load balancers makes no rule, or stops to change the load balancer.',
  source: 'https://gateway-api.sigs.k8s.io/api-types/httproute/#backendrefs-optional',
  bad: manifests('wbe'),
  good: manifests('web'),
  check: (input, report) => {
    const { inventory, existing } = input;
    if (!inventory.complete) {
      return;
    }
    const exists = new Set(existing.filter(({ kind }) => kind === 'Service').map((s) => `${s.namespace}/${s.name}`));
    const reported = new Set<string>();
    for (const { object, namespace, name, field } of routedServices(inventory)) {
      const key = `${namespace}/${name}`;
      const own = services(inventory).in(namespace);
      const knowledge = knowledgeOf(input, namespace);
      const about = `${object.manifest.kind} ${object.namespace}/${object.manifest.metadata.name} ${key}`;
      // a set of routes alone leaves the rest to another
      const isForeign = !knowledge && own.length === 0;
      if (servicesByName(inventory).has(namespace, name) || exists.has(key) || isForeign || reported.has(about)) {
        continue;
      }
      reported.add(about);
      const meant = nearest(
        name,
        own.map(({ manifest }) => manifest.metadata.name),
      );
      report(object, {
        message: `${title(object)} sends traffic to Service '${key}', which is not in the set`,
        field,
        fix: meant
          ? `did you mean '${meant}'?`
          : `create it, or declare that it exists: existing: [{ kind: 'Service', namespace: '${namespace}', name: '${name}' }]`,
        ...(knowledge === 'own' ? { severity: 'error' } : {}),
      });
    }
  },
};

function manifests(name: string): string {
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
  rules: [{ backendRefs: [{ name: ${name}, port: 80 }] }]
`;
}
