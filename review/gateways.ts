import { GATEWAY_ALB_CONTROLLER, GATEWAY_NLB_CONTROLLER } from '../eks/compute-modes';
import { LATTICE } from '../eks/meshes';
import type { Inventory, InventoryObject } from '../kube/inventory';
import { asList, asObject } from '../kube/loose';
import { GATEWAY_GROUP } from './routes';

const CONTROLLERS: ReadonlySet<unknown> = new Set([
  ...Object.values(GATEWAY_ALB_CONTROLLER),
  ...Object.values(GATEWAY_NLB_CONTROLLER),
]);
/** Names that AWS gives to classes in its documentation. */
const USUAL_CLASS = /^aws-(alb|nlb)/;

/** The Gateways of the set that a route names as its parents. */
export function gatewaysOf(inventory: Inventory, { manifest, namespace }: InventoryObject): readonly InventoryObject[] {
  const { gateways } = inventory.view(gatewayIndex);
  return asList(manifest.spec?.parentRefs).flatMap(
    (parent) => gateways.get(`${String(parent.namespace ?? namespace)}/${String(parent.name)}`) ?? [],
  );
}

/** Whether a parent of a route is known to be a load balancer of AWS. */
export function isOnLoadBalancer(inventory: Inventory, route: InventoryObject): boolean {
  return gatewaysOf(inventory, route).some((gateway) => isLoadBalancer(inventory, gateway));
}

/** Whether a Gateway is known to become a load balancer of AWS. */
export function isLoadBalancer(inventory: Inventory, { manifest }: InventoryObject): boolean {
  const name = manifest.spec?.gatewayClassName;
  const known = inventory.view(gatewayIndex).classes.get(name);
  return known ? CONTROLLERS.has(known.manifest.spec?.controllerName) : USUAL_CLASS.test(String(name));
}

/** Whether a parent of a route is known to be of VPC Lattice. */
export function isOnLattice(inventory: Inventory, route: InventoryObject): boolean {
  const { classes } = inventory.view(gatewayIndex);
  const { controllers, classes: usual } = LATTICE.gateways;
  return gatewaysOf(inventory, route).some(({ manifest }) => {
    const name = manifest.spec?.gatewayClassName;
    const known = classes.get(name);
    return known
      ? (controllers as readonly unknown[]).includes(known.manifest.spec?.controllerName)
      : (usual as readonly unknown[]).includes(name);
  });
}

interface GatewayIndex {
  readonly gateways: ReadonlyMap<string, InventoryObject>;
  readonly classes: ReadonlyMap<unknown, InventoryObject>;
}

function gatewayIndex(inventory: Inventory): GatewayIndex {
  const nameOf = ({ manifest }: InventoryObject) => manifest.metadata.name;
  return {
    gateways: new Map(
      inventory.ofKind('Gateway', GATEWAY_GROUP).map((one) => [`${one.namespace}/${nameOf(one)}`, one]),
    ),
    classes: new Map(inventory.ofKind('GatewayClass', GATEWAY_GROUP).map((one) => [nameOf(one), one])),
  };
}

/** The API groups of LoadBalancerConfiguration: of the AWS Load Balancer Controller, and of EKS Auto Mode. */
const CONFIGURATION_GROUPS = ['gateway.k8s.aws', 'eks.amazonaws.com'];

/**
 * The scheme of the load balancer of a Gateway: of the LoadBalancerConfiguration of its class, which stands above its own, or
 * the default of the controller. undefined where a configuration is not in the set.
 */
export function schemeOf(inventory: Inventory, gateway: InventoryObject): 'internal' | 'internet-facing' | undefined {
  const { manifest, namespace } = gateway;
  const ofClass = inventory.view(gatewayIndex).classes.get(manifest.spec?.gatewayClassName);
  const references = [
    { reference: asObject(ofClass?.manifest.spec?.parametersRef), namespace: undefined },
    { reference: asObject(asObject(manifest.spec?.infrastructure).parametersRef), namespace },
  ].filter(({ reference }) => reference.name !== undefined);
  const known = references.map((one) =>
    inventory
      .view(configurations)
      .get(`${String(one.namespace ?? one.reference.namespace)}/${String(one.reference.name)}`),
  );
  if (known.includes(undefined) || !ofClass) {
    return undefined;
  }
  const said = known.map((one) => one?.manifest.spec?.scheme).find((scheme) => scheme !== undefined);
  return said === 'internet-facing' ? said : 'internal';
}

function configurations(inventory: Inventory): ReadonlyMap<string, InventoryObject> {
  return new Map(
    CONFIGURATION_GROUPS.flatMap((group) => inventory.ofKind('LoadBalancerConfiguration', group)).map((one) => [
      `${one.namespace}/${one.manifest.metadata.name}`,
      one,
    ]),
  );
}
