import { type Inventory, title } from '../../../kube/inventory';
import { groupOf } from '../../../kube/kinds';
import { asList } from '../../../kube/loose';
import { GATEWAY_GROUP, routedServices } from '../../routes';
import type { Rule } from '../../rule';
import { servicesByName } from '../../services';

/** A route to a Service of another namespace, whose owner has not allowed it. */
export const rule: Rule = {
  id: 'routes/reference-grant',
  title: 'a route to a Service of another namespace has a ReferenceGrant there',
  severity: 'warning',
  why: 'A Gateway takes no backend of another namespace without its consent: the route gets ResolvedRefs False, RefNotPermitted, and its requests an error.',
  source: 'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',
  bad: manifests('HTTPRoute', 'blog'),
  good: manifests('HTTPRoute', 'shop'),
  check: ({ inventory }, report) => {
    if (!inventory.complete) {
      return;
    }
    const grants = inventory.view(grantsOf);
    for (const { object, namespace, name, field } of routedServices(inventory)) {
      const { apiVersion, kind } = object.manifest;
      const isRoute = groupOf(apiVersion) === GATEWAY_GROUP;
      const isOther = isRoute && namespace !== object.namespace;
      // the grant stands beside the Service, which another set may make
      if (!isOther || !servicesByName(inventory).has(namespace, name)) {
        continue;
      }
      const from = `${namespace} ${kind} ${object.namespace}`;
      if (!grants.has(`${from} ${name}`) && !grants.has(`${from} ${ALL}`)) {
        report(object, {
          message: `${title(object)} sends traffic to Service '${namespace}/${name}', but no ReferenceGrant of namespace '${namespace}' allows it`,
          field,
          fix: `add a ReferenceGrant in namespace '${namespace}': from ${kind} of namespace '${object.namespace}', to kind Service`,
        });
      }
    }
  },
};

/** Of every name. */
const ALL = '*';

/** 'blog HTTPRoute shop web': what routes of a kind and a namespace may name; '*' for each Service of the first namespace. */
function grantsOf(inventory: Inventory): ReadonlySet<string> {
  return new Set(
    inventory.ofKind('ReferenceGrant', GATEWAY_GROUP).flatMap(({ manifest, namespace }) => {
      const { from, to } = manifest.spec ?? {};
      const services = asList(to).flatMap(({ group = '', kind, name = ALL }) =>
        group === '' && kind === 'Service' ? [`${name}`] : [],
      );
      return asList(from).flatMap((one) =>
        one.group === GATEWAY_GROUP
          ? services.map((service) => `${namespace} ${one.kind} ${one.namespace} ${service}`)
          : [],
      );
    }),
  );
}

function manifests(kind: string, from: string): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: pages }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: routes, namespace: pages }
spec:
  from: [{ group: gateway.networking.k8s.io, kind: ${kind}, namespace: ${from} }]
  to: [{ group: '', kind: Service }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: public, namespace: gateways }]
  rules: [{ backendRefs: [{ name: web, namespace: pages, port: 80 }] }]
`;
}
