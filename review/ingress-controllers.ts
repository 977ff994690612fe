import { ALB_CONTROLLER } from '../eks/compute-modes';
import type { Inventory, InventoryObject } from '../kube/inventory';
import { classNameOf, DEFAULT_CLASS } from './ingresses';

/**
 * Controllers of IngressClasses that run in the cluster, and the namespace in which their documentation installs them.
 *
 * @see https://kubernetes.github.io/ingress-nginx/deploy/
 * @see https://doc.traefik.io/traefik/getting-started/install-traefik/
 * @see https://developer.konghq.com/kubernetes-ingress-controller/install/
 */
export const INGRESS_CONTROLLERS: Readonly<Record<string, string>> = {
  'k8s.io/ingress-nginx': 'ingress-nginx',
  'traefik.io/ingress-controller': 'traefik',
  'ingress-controllers.konghq.com/kong': 'kong',
};

/** A controller that serves an Ingress from pods of its own. */
export interface IngressController {
  /** Where its documentation installs it; undefined for one that is not known. */
  readonly namespace: string | undefined;
}

/** The controller of an Ingress; undefined for an Application Load Balancer, and where no class is named. */
export function controllerOf(inventory: Inventory, ingress: InventoryObject): IngressController | undefined {
  const { classes, fallback } = inventory.view(classesOf);
  const name = classNameOf(ingress) ?? fallback;
  const controller = name === undefined ? undefined : classes.get(name);
  return name === undefined || ALBS.has(controller)
    ? undefined
    : { namespace: typeof controller === 'string' ? INGRESS_CONTROLLERS[controller] : undefined };
}

const ALBS: ReadonlySet<unknown> = new Set(Object.values(ALB_CONTROLLER));

function classesOf(inventory: Inventory) {
  const classes = inventory.ofKind('IngressClass', 'networking.k8s.io').map(({ manifest }) => manifest);
  return {
    classes: new Map(classes.map(({ metadata, spec }) => [metadata.name, spec?.controller])),
    fallback: classes.find(({ metadata }) => metadata.annotations?.[DEFAULT_CLASS] === 'true')?.metadata.name,
  };
}
