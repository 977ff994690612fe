import { NLB_CLASS } from '../../../eks/compute-modes';
import type { Inventory, InventoryObject } from '../../../kube/inventory';
import { asList } from '../../../kube/loose';
import type { Cidr } from '../../../kube/values';
import { backendsOf } from '../../../review/alb-backends';
import { annotation, callerOf, isIp } from '../../../review/balancer-clients';
import { targetTypeOf } from '../../../review/behind-balancers';
import { calledServices } from '../../../review/called-services';
import { gatewaysOf, isLoadBalancer, schemeOf } from '../../../review/gateways';
import { controllerOf } from '../../../review/ingress-controllers';
import { type AlbIngress, albIngresses, classNameOf } from '../../../review/ingresses';
import { type RoutedService, routedServices } from '../../../review/routes';

/** The subnets of a load balancer: of one side, of either where nobody knows which, or any of the VPC. */
export type Side = 'public' | 'private' | 'either' | 'vpc';

/** Who calls pods. */
export type Caller =
  | {
      readonly by: 'load-balancer';
      readonly side: Side;
      /** Whether pods see the addresses of clients; of UDP they always do. */
      readonly keepsClients: boolean;
      /** The clients, where they are limited. */
      readonly clients?: readonly Cidr[];
      /** Whether it registers pods, not nodes. */
      readonly targetsPods: boolean;
    }
  | { readonly by: 'nodes' }
  | { readonly by: 'control-plane' }
  | { readonly by: 'controller'; readonly namespace: string };

/** A Service that an object of the app names, and who calls its pods by that. */
export interface Call {
  readonly object: InventoryObject;
  readonly namespace: string;
  readonly service: string;
  /** Of the Service, by number or name; undefined for all of them. */
  readonly port: number | string | undefined;
  /** The port of the health check, where it is another one; 'readiness' where nobody says it. */
  readonly health?: string;
  /** Whether an object says how long targets drain, or may. @default true */
  readonly saysDrain?: boolean;
  readonly caller: Caller;
}

/** Every Service that objects name for a caller that is no pod of the app. */
export function callsIn(inventory: Inventory): readonly Call[] {
  return [
    ...albIngresses(inventory).flatMap((ingress) => ofAlb(inventory, ingress)),
    ...inventory.ofKind('Ingress', 'networking.k8s.io').flatMap((object) => ofController(inventory, object)),
    ...routedServices(inventory).flatMap((routed) => ofRouted(inventory, routed)),
    ...inventory.ofKind('Service', '').flatMap(ofService),
    ...calledServices(inventory).map(
      ({ object, namespace, name, port }): Call => ({
        object,
        namespace,
        service: name,
        port,
        caller: { by: 'control-plane' },
      }),
    ),
  ];
}

function ofAlb(inventory: Inventory, ingress: AlbIngress): Call[] {
  const { object, setting, overruled, targetType } = ingress;
  const caller = balancer(sideOfAlb(inventory, ingress), targetType !== 'instance');
  const health = setting('healthcheck-port');
  return backendsOf(object).map(({ name, port }) => ({
    object,
    namespace: object.namespace,
    service: name,
    port: port?.number ?? port?.name,
    ...(health === undefined ? {} : { health }),
    saysDrain: setting('target-group-attributes') !== undefined || overruled('target-group-attributes'),
    caller,
  }));
}

/** Parameters of a class stand above annotations, and those of another set are not known. */
function sideOfAlb(inventory: Inventory, { object, setting, overruled }: AlbIngress): Side {
  if (setting('subnets') !== undefined || overruled('subnets')) {
    return 'vpc';
  }
  const scheme = setting('scheme');
  const isKnown = inventory
    .ofKind('IngressClass', 'networking.k8s.io')
    .some(({ manifest }) => manifest.metadata.name === classNameOf(object));
  return overruled('scheme') || (scheme === undefined && !isKnown) ? 'either' : sideOf(scheme);
}

function ofController(inventory: Inventory, object: InventoryObject): Call[] {
  const { namespace } = controllerOf(inventory, object) ?? {};
  return namespace === undefined
    ? []
    : backendsOf(object).map(({ name, port }) => ({
        object,
        namespace: object.namespace,
        service: name,
        port: port?.number ?? port?.name,
        caller: { by: 'controller', namespace },
      }));
}

function ofRouted(inventory: Inventory, routed: RoutedService): Call[] {
  const { object, namespace, name, port } = routed;
  const targetsPods = targetTypeOf(inventory, routed) !== 'instance';
  const sides = sidesOfRouted(inventory, object);
  return sides.map((side) => ({
    object,
    namespace,
    service: name,
    port,
    // a target group and its configuration may probe any port
    health: 'readiness',
    caller: balancer(side, targetsPods),
  }));
}

/** Where a load balancer is that an object names a Service for; an Ingress has been read with its backends. */
function sidesOfRouted(inventory: Inventory, object: InventoryObject): readonly Side[] {
  switch (object.manifest.kind) {
    case 'Ingress':
      return [];
    case 'TargetGroupBinding':
      return ['either'];
    case 'Service':
      return [sideOfNlb(object)];
    default:
      return gatewaysOf(inventory, object)
        .filter((gateway) => isLoadBalancer(inventory, gateway))
        .map((gateway) => {
          const scheme = schemeOf(inventory, gateway);
          return scheme === undefined ? 'either' : sideOf(scheme);
        });
  }
}

function ofService(object: InventoryObject): Call[] {
  const { type, ports, loadBalancerClass, loadBalancerSourceRanges } = object.manifest.spec ?? {};
  if (type !== 'LoadBalancer' && type !== 'NodePort') {
    return [];
  }
  const isPods =
    isIp(object) || (loadBalancerClass === NLB_CLASS.auto && annotation(object, 'nlb-target-type') === undefined);
  return asList(ports).map(({ port, protocol }): Call => {
    const keepsClients = callerOf(object, typeof protocol === 'string' ? protocol : undefined) !== 'vpc';
    const clients = Array.isArray(loadBalancerSourceRanges) ? { clients: loadBalancerSourceRanges as Cidr[] } : {};
    return {
      object,
      namespace: object.namespace,
      service: object.manifest.metadata.name,
      port: typeof port === 'number' ? port : undefined,
      health: annotation(object, 'healthcheck-port') ?? 'traffic-port',
      caller:
        type === 'NodePort' && !keepsClients
          ? { by: 'nodes' }
          : { ...balancer(isPods ? sideOfNlb(object) : 'vpc', isPods), keepsClients, ...clients },
    };
  });
}

function sideOfNlb(object: InventoryObject): Side {
  return annotation(object, 'subnets') === undefined ? sideOf(annotation(object, 'scheme')) : 'vpc';
}

export const sideOf = (scheme: string | undefined) => (scheme === 'internet-facing' ? 'public' : 'private');

/** With nodes as its targets it calls them, and they call the pods. */
const balancer = (side: Side, targetsPods: boolean) =>
  ({ by: 'load-balancer', side: targetsPods ? side : 'vpc', keepsClients: false, targetsPods }) as const;
