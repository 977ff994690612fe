import { LOAD_BALANCER_GROUP } from '../eks/compute-modes';
import { NLB_ACTIONS } from '../eks/load-balancer-annotations';
import type { Inventory, InventoryObject } from '../kube/inventory';
import { asList, asObject } from '../kube/loose';
import { indexPath } from '../kube/text';
import { type AlbBackend, actionBackends, forwardBackends } from './alb-backends';

/** A Service that an object sends traffic to by name, Ingress backends aside. */
export interface RoutedService {
  readonly object: InventoryObject;
  readonly namespace: string;
  readonly name: string;
  /** By number or name; undefined where none is written. */
  readonly port: number | string | undefined;
  /** Whether the port may not be left out. */
  readonly needsPort: boolean;
  /** 'spec.rules[0].backendRefs[0]', or an annotation. */
  readonly field: string;
}

/** The API group of Gateways and their routes. */
export const GATEWAY_GROUP = 'gateway.networking.k8s.io';
export const ROUTES: readonly string[] = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'];

/** Routes of the Gateway API. */
export function routesOf(inventory: Inventory): readonly InventoryObject[] {
  return ROUTES.flatMap((kind) => inventory.ofKind(kind, GATEWAY_GROUP));
}

/** Services behind routes, target group bindings, and the actions of load balancers. */
export function routedServices(inventory: Inventory): readonly RoutedService[] {
  return inventory.view(routed);
}

function routed(inventory: Inventory): readonly RoutedService[] {
  const found = [
    ...routesOf(inventory).flatMap(ofRoute),
    ...Object.values(LOAD_BALANCER_GROUP)
      .flatMap((group) => inventory.ofKind('TargetGroupBinding', group))
      .flatMap(ofBinding),
  ];
  // nearly no Ingress and no Service has actions
  for (const object of inventory.ofKind('Ingress', 'networking.k8s.io')) {
    for (const backend of actionBackends(object)) {
      found.push(ofAction(object, backend));
    }
  }
  for (const object of inventory.ofKind('Service', '')) {
    addListenerActions(found, object);
  }
  return found;
}

function ofRoute(object: InventoryObject): RoutedService[] {
  return asList(object.manifest.spec?.rules).flatMap((rule, i) => {
    const at = indexPath('spec.rules', i);
    const filters = asList(rule.filters).map((filter, j): [unknown, string] => [
      asObject(filter.requestMirror).backendRef,
      `${indexPath(`${at}.filters`, j)}.requestMirror.backendRef`,
    ]);
    const backends = asList(rule.backendRefs).map((ref, j): [unknown, string] => [
      ref,
      indexPath(`${at}.backendRefs`, j),
    ]);
    return [...backends, ...filters].flatMap(([ref, field]): RoutedService[] => {
      const { group = '', kind = 'Service', name, namespace = object.namespace, port } = asObject(ref);
      return group === '' && kind === 'Service' && typeof name === 'string' && typeof namespace === 'string'
        ? [{ object, namespace, name, port: portOf(port), needsPort: true, field }]
        : [];
    });
  });
}

function ofBinding(object: InventoryObject): RoutedService[] {
  const { name, port } = asObject(object.manifest.spec?.serviceRef);
  return typeof name === 'string'
    ? [{ object, namespace: object.namespace, name, port: portOf(port), needsPort: true, field: 'spec.serviceRef' }]
    : [];
}

function addListenerActions(found: RoutedService[], object: InventoryObject): void {
  const { annotations } = object.manifest.metadata;
  for (const key in annotations) {
    if (key.startsWith(NLB_ACTIONS)) {
      for (const target of forwardBackends(annotations[key]!)) {
        found.push(ofAction(object, { ...target, field: `metadata.annotations['${key}']` }));
      }
    }
  }
}

function ofAction(object: InventoryObject, { name, port, field = '' }: AlbBackend): RoutedService {
  return { object, namespace: object.namespace, name, port: port?.number ?? port?.name, needsPort: false, field };
}

const portOf = (port: unknown): number | string | undefined =>
  typeof port === 'number' || typeof port === 'string' ? port : undefined;
