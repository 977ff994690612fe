import { forwardTargets } from '../eks/alb-actions';
import { ALB_PREFIX } from '../eks/load-balancer-annotations';
import { rememberedBy } from '../kube/collections';
import type { InventoryObject } from '../kube/inventory';
import { ingressBackends } from '../kube/references';

/** A Service behind a load balancer, and its port where it is known. */
export interface AlbBackend {
  readonly name: string;
  readonly port?: { readonly name?: string; readonly number?: number } | undefined;
  /** 'spec.defaultBackend', or an annotation. */
  readonly field?: string;
}

const ACTIONS = `${ALB_PREFIX}actions.`;

/** The Services that an Ingress and its actions name, each port once. Several rules ask for them. */
export const backendsOf = rememberedBy((object: InventoryObject): readonly AlbBackend[] => {
  const named: readonly AlbBackend[] = ingressBackends(object.manifest);
  const actions = actionBackends(object);
  if (named.length + actions.length < 2) {
    return actions.length === 0 ? named : actions;
  }
  const all = [...named, ...actions];
  return [...new Map(all.map((one) => [`${one.name}:${one.port?.number ?? one.port?.name ?? ''}`, one])).values()];
});

/** The names of the Services, each once. */
export function backendNames(object: InventoryObject): readonly string[] {
  const backends = backendsOf(object);
  return backends.length === 1 ? [backends[0]!.name] : [...new Set(backends.map(({ name }) => name))];
}

/** The Services that the actions of an Ingress name, with the annotation. */
export function actionBackends({ manifest }: InventoryObject): readonly AlbBackend[] {
  let found: AlbBackend[] | undefined;
  const { annotations } = manifest.metadata;
  for (const key in annotations) {
    const text: unknown = annotations[key];
    if (key.startsWith(ACTIONS) && typeof text === 'string') {
      found ??= [];
      found.push(...forwardBackends(text).map((target) => ({ ...target, field: `metadata.annotations['${key}']` })));
    }
  }
  return found ?? NONE;
}

const NONE: readonly AlbBackend[] = [];

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
