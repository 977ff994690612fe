import { type Inventory, type InventoryObject, title } from '../../../kube/inventory';
import { labelSelectorOf } from '../../../kube/label-selectors';
import { asList, asObject, type Loose } from '../../../kube/loose';
import { selects } from '../../../kube/objects';
import { indexPath, nearest } from '../../../kube/text';
import { madeNamespaces } from '../../namespaces';
import { GATEWAY_GROUP, routesOf } from '../../routes';
import type { ExistingObject, Rule } from '../../rule';

/** A route that no listener takes: it is accepted, and gets no traffic. */
export const rule: Rule = {
  id: 'routes/parent',
  title: 'a route names a Gateway and a listener that take it',
  severity: 'warning',
  why: 'A route only gets traffic from the listeners of the Gateways that it names, and these only take routes of the namespaces that they allow, which is their own where they do not say. Any other route is accepted, and gets none.',
  source: 'https://gateway-api.sigs.k8s.io/concepts/api-overview/#attaching-routes-to-gateways',
  bad: manifests('Same'),
  good: manifests('All'),
  check: ({ inventory, existing }, report) => {
    const gateways = new Map(
      inventory
        .ofKind('Gateway', GATEWAY_GROUP)
        .map((object) => [`${object.namespace}/${object.manifest.metadata.name}`, object]),
    );
    if (gateways.size === 0) {
      return;
    }
    for (const object of routesOf(inventory)) {
      for (const [i, ref] of asList(object.manifest.spec?.parentRefs).entries()) {
        const problem = problemOf(inventory, gateways, existing, object, ref);
        if (problem) {
          report(object, { ...problem, field: indexPath('spec.parentRefs', i) });
        }
      }
    }
  },
};

function problemOf(
  inventory: Inventory,
  gateways: ReadonlyMap<string, InventoryObject>,
  existing: readonly ExistingObject[],
  object: InventoryObject,
  { kind = 'Gateway', group = GATEWAY_GROUP, namespace = object.namespace, name, sectionName, port }: Loose,
) {
  if (kind !== 'Gateway' || group !== GATEWAY_GROUP || typeof name !== 'string') {
    return undefined;
  }
  const key = `${String(namespace)}/${name}`;
  const gateway = gateways.get(key);
  if (!gateway) {
    const exists = existing.some((one) => one.kind === 'Gateway' && `${one.namespace}/${one.name}` === key);
    const others = [...gateways.keys()];
    // the set has Gateways; those of another namespace may well be of another set
    const isOurs = others.some((other) => other.startsWith(`${String(namespace)}/`) || other.endsWith(`/${name}`));
    return exists || !isOurs || !inventory.complete
      ? undefined
      : {
          message: `${title(object)} belongs to Gateway '${key}', which is not in the set`,
          fix: `write the namespace and name of the Gateway: did you mean '${nearest(key, others) ?? others[0]}'?`,
        };
  }
  const listeners = asList(gateway.manifest.spec?.listeners);
  const named = listeners.filter(
    (one) => (sectionName === undefined || one.name === sectionName) && (port === undefined || one.port === port),
  );
  // what a ListenerSet adds is not seen here
  if (named.length === 0 && listeners.length > 0 && gateway.manifest.spec?.allowedListeners === undefined) {
    return {
      message: `${title(object)} names listener '${String(sectionName ?? port)}' of ${title(gateway)}, which has none of that ${sectionName === undefined ? 'port' : 'name'}`,
      fix: `write one of ${listeners.map((one) => String((sectionName === undefined ? one.port : one.name) ?? '')).join(', ')}`,
    };
  }
  if (named.length > 0 && !named.some((one) => takesFrom(inventory, one, gateway.namespace, object.namespace))) {
    return {
      message: `${title(object)} is in a namespace of which no listener of ${title(gateway)} takes routes`,
      fix: 'write allowedRoutes: { namespaces: { from: All } } in the listener, or a selector that the labels of the namespace meet',
    };
  }
  return undefined;
}

/** Whether a listener takes routes of a namespace; of one outside of the set the labels are not known. */
function takesFrom(inventory: Inventory, listener: Loose, own: string, namespace: string): boolean {
  const { from = 'Same', selector } = asObject(asObject(listener.allowedRoutes).namespaces);
  switch (from) {
    case 'Same':
      return own === namespace;
    case 'Selector': {
      const labels = madeNamespaces(inventory).get(namespace);
      const known = labelSelectorOf(selector);
      return !labels || !known || selects(known, labels);
    }
    case 'None':
      return false;
    default:
      return true;
  }
}

function manifests(from: string): string {
  return `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: gateways }
spec:
  gatewayClassName: alb
  listeners: [{ name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: ${from} } } }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: public, namespace: gateways }]
  rules: [{ backendRefs: [{ name: web, port: 80 }] }]
`;
}
