import { ALB_PREFIX, NLB_PREFIX } from '../eks/load-balancer-annotations';
import type { Inventory, InventoryObject } from '../kube/inventory';
import { asObject } from '../kube/loose';
import { backendNames } from './alb-backends';
import { isOnLoadBalancer } from './gateways';
import { type AlbIngress, albIngresses } from './ingresses';
import { type RoutedService, routedServices } from './routes';
import { type ServiceObject, services, servicesByName } from './services';

/** A Service whose pods are targets of a load balancer. */
export interface BalancedService {
  /** The Ingress, route or target group binding, or the Service itself. */
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

/** The Services of the set behind load balancers. */
export function balancedServices(inventory: Inventory): readonly BalancedService[] {
  return inventory.view(balanced);
}

function balanced(inventory: Inventory): readonly BalancedService[] {
  const byName = servicesByName(inventory);
  const found: BalancedService[] = [];
  for (const ingress of albIngresses(inventory)) {
    for (const name of backendNames(ingress.object)) {
      const service = byName.named(ingress.object.namespace, name);
      if (service) {
        found.push(ofIngress(ingress, service));
      }
    }
  }
  for (const service of services(inventory).everywhere()) {
    if (service.manifest.spec?.type === 'LoadBalancer') {
      found.push(ofService(service));
    }
  }
  for (const routed of routedServices(inventory)) {
    const service = byName.named(routed.namespace, routed.name);
    if (service && isBalanced(inventory, routed)) {
      found.push(ofRouted(inventory, routed, service));
    }
  }
  return found;
}

const TYPE = `${ALB_PREFIX}target-type`;
const ATTRIBUTES = `${ALB_PREFIX}target-group-attributes`;
const ATTRIBUTES_FIELD = `metadata.annotations['${ATTRIBUTES}']`;
const NO_ATTRIBUTES: readonly AttributesAnnotation[] = [];

/** An annotation of the Service stands above that of the Ingress. */
function ofIngress({ object, setting, overruled, targetType }: AlbIngress, service: ServiceObject): BalancedService {
  const own = service.manifest.metadata.annotations;
  const value = own?.[ATTRIBUTES] ?? setting('target-group-attributes');
  return {
    balancer: object,
    service,
    targetType: overruled('target-type') ? targetType : (own?.[TYPE] ?? targetType),
    attributes:
      value === undefined
        ? NO_ATTRIBUTES
        : [
            {
              object: own?.[ATTRIBUTES] === undefined ? object : service,
              value,
              field: ATTRIBUTES_FIELD,
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

/** What Ingresses name by their actions is among their backends. */
function isBalanced(inventory: Inventory, { object }: RoutedService): boolean {
  const { kind } = object.manifest;
  return (
    kind !== 'Ingress' && (kind === 'TargetGroupBinding' || kind === 'Service' || isOnLoadBalancer(inventory, object))
  );
}

function ofRouted(inventory: Inventory, routed: RoutedService, service: ServiceObject): BalancedService {
  // nodes can only be targets by node ports
  const { type = 'ClusterIP' } = service.manifest.spec ?? {};
  const targetType = targetTypeOf(inventory, routed) ?? (type === 'ClusterIP' ? 'ip' : undefined);
  return { balancer: routed.object, service, targetType, attributes: NO_ATTRIBUTES };
}

/** 'ip' or 'instance', as a binding, a listener or the configuration of a Service says; undefined where none does. */
export function targetTypeOf(inventory: Inventory, { object, namespace, name }: RoutedService): string | undefined {
  const { kind, metadata, spec } = object.manifest;
  const said =
    kind === 'TargetGroupBinding'
      ? spec?.targetType
      : kind === 'Service'
        ? metadata.annotations?.[`${NLB_PREFIX}nlb-target-type`]
        : inventory.view(configuredTypes).get(`${namespace}/${name}`);
  return typeof said === 'string' ? said : undefined;
}

/** The API groups of TargetGroupConfiguration: of the AWS Load Balancer Controller, and of EKS Auto Mode. */
const CONFIGURATION_GROUPS = ['gateway.k8s.aws', 'eks.amazonaws.com'];

/** The target types of Services behind routes, where they are configured. */
function configuredTypes(inventory: Inventory): ReadonlyMap<string, unknown> {
  return new Map(
    CONFIGURATION_GROUPS.flatMap((group) => inventory.ofKind('TargetGroupConfiguration', group)).map(
      ({ manifest: { spec }, namespace }) =>
        [
          `${namespace}/${asObject(spec?.targetReference).name}`,
          asObject(spec?.defaultConfiguration).targetType,
        ] as const,
    ),
  );
}
