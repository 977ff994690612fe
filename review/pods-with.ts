import type { Container, PodSpec, Volume } from '../imports/kubernetes';
import type { Inventory, PodObject } from '../kube/inventory';
import { PROBES } from '../kube/lifecycle';

/** A field of a pod spec, of a container of whatever role, or the source of a volume. */
export type PodField = keyof PodSpec | `containers.${keyof Container}` | `volumes.${keyof Volume}`;

/** The probes of containers. */
export const PROBE_FIELDS = PROBES.map((name): PodField => `containers.${name}`);

/**
 * The pods that have one of the fields, in the order of the set: most rules on pods are about fields that few pods have, and
 * need not look at all of them.
 */
export function podsWith(inventory: Inventory, ...fields: readonly PodField[]): readonly PodObject[] {
  const index = inventory.view(podsByField);
  const lists = fields.flatMap((field) => {
    const pods = index.get(field);
    return pods === undefined ? [] : [pods];
  });
  const [first = NONE, ...others] = lists;
  if (others.length === 0 || lists.includes(inventory.pods)) {
    return others.length === 0 ? first : inventory.pods;
  }
  const any = new Set(lists.flat());
  return inventory.pods.filter((pod) => any.has(pod));
}

const NONE: readonly PodObject[] = [];

function podsByField({ pods }: Inventory): ReadonlyMap<string, readonly PodObject[]> {
  const [spec, containers, volumes] = [new PodsByKey(), new PodsByKey(), new PodsByKey()];
  for (const pod of pods) {
    const { ephemeralContainers } = pod.spec as { readonly ephemeralContainers?: readonly Container[] };
    spec.add(pod.spec, pod);
    containers.addAll(pod.spec.containers, pod);
    containers.addAll(pod.spec.initContainers, pod);
    containers.addAll(ephemeralContainers, pod);
    volumes.addAll(pod.spec.volumes, pod);
  }
  const found = new Map<string, readonly PodObject[]>();
  for (const [at, { lists }] of [
    ['', spec],
    ['containers.', containers],
    ['volumes.', volumes],
  ] as const) {
    for (const [key, list] of lists) {
      // what all have needs no list of its own
      found.set(`${at}${key}`, list.length === pods.length ? pods : list);
    }
  }
  return found;
}

/** Pods by the keys of objects in them. */
class PodsByKey {
  readonly lists = new Map<string, PodObject[]>();

  addAll(objects: readonly object[] | undefined, pod: PodObject): void {
    if (objects !== undefined) {
      for (const object of objects) {
        this.add(object, pod);
      }
    }
  }

  add(object: object, pod: PodObject): void {
    for (const key in object) {
      const list = this.lists.get(key);
      if (list === undefined) {
        this.lists.set(key, [pod]);
      } else if (list[list.length - 1] !== pod) {
        list.push(pod);
      }
    }
  }
}
