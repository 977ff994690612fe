import type { Container } from '../imports/kubernetes';
import type { Inventory, PodObject } from '../kube/inventory';
import { type PodContainer, podContainers } from '../kube/pod-containers';
import { containerRanges } from './limit-ranges';

/** Which resources a LimitRange gives to the containers of its namespace that say nothing of them. */
interface Defaults {
  readonly requests: ReadonlySet<string>;
  readonly limits: ReadonlySet<string>;
}

const NO_CONTAINERS: readonly PodContainer[] = [];
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
    return NO_CONTAINERS;
  }
  const containers = podContainers(pod);
  const isWithout = ({ container, role }: PodContainer) =>
    role !== 'ephemeral' && !has(container.resources, of, resource);
  // of nearly every pod there are none
  return containers.some(isWithout) ? containers.filter(isWithout) : NO_CONTAINERS;
}

/** A limit alone is the request too. */
function has(resources: Container['resources'], of: 'requests' | 'limits', resource: string): boolean {
  return resources?.[of]?.[resource] !== undefined || resources?.limits?.[resource] !== undefined;
}

function defaultsOfNamespaces(inventory: Inventory): ReadonlyMap<string, Defaults> {
  const found = new Map<string, Defaults>();
  for (const [namespace, items] of containerRanges(inventory)) {
    const names = (key: 'default' | 'defaultRequest' | 'max' | 'min') =>
      items.flatMap((item) => Object.keys(item[key] ?? {}));
    // the largest amount is the default limit, and a default limit the default request, where they are not given
    const limits = [...names('default'), ...names('max')];
    const requests = [...limits, ...names('defaultRequest'), ...names('min')];
    found.set(namespace, { requests: new Set(requests), limits: new Set(limits) });
  }
  return found;
}
