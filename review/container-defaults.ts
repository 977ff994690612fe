import type { Container } from '../imports/kubernetes';
import type { Inventory, PodObject } from '../kube/inventory';
import { type PodContainer, podContainers } from '../kube/pod-containers';

type Amounts = Readonly<Record<string, unknown>>;

/** Which resources a LimitRange gives to the containers of its namespace that say nothing of them. */
interface Defaults {
  readonly requests: ReadonlySet<string>;
  readonly limits: ReadonlySet<string>;
}

const NONE: Defaults = { requests: new Set(), limits: new Set() };

/** The containers of a pod that have no request or limit of a resource: of their own, of the pod, or of a LimitRange. */
export function containersWithout(
  inventory: Inventory,
  pod: PodObject,
  of: 'requests' | 'limits',
  resource: string,
): readonly PodContainer[] {
  const defaults = inventory.view(defaultsOfNamespaces).get(pod.namespace) ?? NONE;
  const { resources } = pod.spec as { readonly resources?: Container['resources'] };
  if (defaults[of].has(resource) || has(resources, of, resource)) {
    return [];
  }
  return podContainers(pod).filter(
    ({ container, role }) => role !== 'ephemeral' && !has(container.resources, of, resource),
  );
}

/** A limit alone is the request too. */
function has(resources: Container['resources'], of: 'requests' | 'limits', resource: string): boolean {
  return resources?.[of]?.[resource] !== undefined || resources?.limits?.[resource] !== undefined;
}

function defaultsOfNamespaces(inventory: Inventory): ReadonlyMap<string, Defaults> {
  const found = new Map<string, { requests: Set<string>; limits: Set<string> }>();
  for (const { manifest, namespace } of inventory.ofKind('LimitRange', '')) {
    const { limits = [] } = (manifest.spec ?? {}) as { readonly limits?: readonly Amounts[] };
    const own = found.get(namespace) ?? { requests: new Set(), limits: new Set() };
    found.set(namespace, own);
    for (const limit of limits.filter(({ type }) => type === 'Container')) {
      const names = (key: string) => Object.keys((limit[key] ?? {}) as Amounts);
      // the largest amount is the default limit, and a default limit the default request, where they are not given
      for (const name of [...names('default'), ...names('max')]) {
        own.limits.add(name);
        own.requests.add(name);
      }
      for (const name of [...names('defaultRequest'), ...names('min')]) {
        own.requests.add(name);
      }
    }
  }
  return found;
}
