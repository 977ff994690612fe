import { forwardTargets } from '../eks/alb-actions';
import { ALB_PREFIX, NLB_PREFIX } from '../eks/load-balancer-annotations';
import type { Inventory, InventoryObject } from '../kube/inventory';
import { ingressBackends } from '../kube/references';
import { type AlbIngress, albIngresses } from './ingresses';
import { type ServiceObject, services, servicesByName } from './services';

/** A Service whose pods are targets of a load balancer. */
export interface BalancedService {
  /** The Ingress, or the Service itself. */
  readonly balancer: InventoryObject;
  readonly service: ServiceObject;
  /** 'ip' or 'instance'; undefined where the controller decides. */
  readonly targetType: string | undefined;
  /** Annotations with attributes of the target groups. */
  readonly attributes: readonly AttributesAnnotation[];
}

export interface AttributesAnnotation {
  readonly object: InventoryObject;
  readonly value: string;
  readonly field: string;
}

/** A Service behind a load balancer, and its port where it is known. */
export interface AlbBackend {
  readonly name: string;
  readonly port?: { readonly name?: string; readonly number?: number } | undefined;
  /** 'spec.defaultBackend', or an annotation. */
  readonly field?: string;
}

/** The Services of the set behind load balancers. */
export function balancedServices(inventory: Inventory): readonly BalancedService[] {
  return inventory.view(balanced);
}

/** The Services that an Ingress and its actions name, each port once. */
export function backendsOf({ object }: AlbIngress): readonly AlbBackend[] {
  const all: readonly AlbBackend[] = [...ingressBackends(object.manifest), ...actionBackends(object)];
  const known = new Map(all.map((one) => [`${one.name}:${one.port?.number ?? one.port?.name ?? ''}`, one]));
  return [...known.values()];
}

/** The Services that the actions of an Ingress name, with the annotation. */
export function actionBackends({ manifest }: InventoryObject): AlbBackend[] {
  return Object.entries(manifest.metadata.annotations ?? {}).flatMap(([key, text]) =>
    key.startsWith(`${ALB_PREFIX}actions.`) && typeof text === 'string'
      ? forwardBackends(text).map((target) => ({ ...target, field: `metadata.annotations['${key}']` }))
      : [],
  );
}

/** The Services that an action forwards to, as JSON. */
export function forwardBackends(text: string): AlbBackend[] {
  return forwardTargets(text).map(({ serviceName: name, servicePort }) => {
    const isNumber = /^\d+$/.test(String(servicePort));
    const port = isNumber
      ? { number: Number(servicePort) }
      : servicePort === undefined
        ? undefined
        : { name: String(servicePort) };
    return { name, port };
  });
}

function balanced(inventory: Inventory): readonly BalancedService[] {
  const byName = servicesByName(inventory);
  const ofIngresses = albIngresses(inventory).flatMap((ingress) =>
    [...new Set(backendsOf(ingress).map(({ name }) => name))].flatMap((name) => {
      const service = byName.get(`${ingress.object.namespace}/${name}`);
      return service ? [ofIngress(ingress, service)] : [];
    }),
  );
  const ofServices = services(inventory)
    .everywhere()
    .filter(({ manifest }) => manifest.spec?.type === 'LoadBalancer')
    .map(ofService);
  return [...ofIngresses, ...ofServices];
}

/** An annotation of the Service stands above that of the Ingress. */
function ofIngress({ object, setting, overruled }: AlbIngress, service: ServiceObject): BalancedService {
  const own = service.manifest.metadata.annotations ?? {};
  const TYPE = `${ALB_PREFIX}target-type`;
  const ATTRIBUTES = `${ALB_PREFIX}target-group-attributes`;
  const value = own[ATTRIBUTES] ?? setting('target-group-attributes');
  return {
    balancer: object,
    service,
    targetType: overruled('target-type') ? undefined : (own[TYPE] ?? setting('target-type')),
    attributes:
      value === undefined
        ? []
        : [
            {
              object: own[ATTRIBUTES] === undefined ? object : service,
              value,
              field: `metadata.annotations['${ATTRIBUTES}']`,
            },
          ],
  };
}

function ofService(service: ServiceObject): BalancedService {
  const annotations = Object.entries(service.manifest.metadata.annotations ?? {});
  const own = (name: string) => service.manifest.metadata.annotations?.[`${NLB_PREFIX}${name}`];
  return {
    balancer: service,
    service,
    targetType: own('type') === 'nlb-ip' ? 'ip' : own('nlb-target-type'),
    // those of one port have its number behind a dot
    attributes: annotations
      .filter(([key]) => key.startsWith(`${NLB_PREFIX}target-group-attributes`))
      .map(([key, value]) => ({ object: service, value, field: `metadata.annotations['${key}']` })),
  };
}
