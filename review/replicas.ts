import { boundsOf, isAutoscaler, type ReplicaBounds, scaleTargetOf } from '../kube/autoscalers';
import { type Inventory, type InventoryObject, ofKindsInOrder, type PodObject } from '../kube/inventory';

/** An autoscaler of replicas, with what it may ask for. */
export interface Autoscaler {
  readonly object: InventoryObject;
  /** undefined where it does not say. */
  readonly bounds: ReplicaBounds | undefined;
}

/** The autoscalers by 'namespace/Kind/name' of what they scale; of several the first. */
export function autoscalers(inventory: Inventory): ReadonlyMap<string, Autoscaler> {
  return inventory.view(byTarget);
}

/** 'namespace/Kind/name'. */
export function workloadKey({ namespace, manifest }: InventoryObject): string {
  return `${namespace}/${manifest.kind}/${manifest.metadata.name}`;
}

/**
 * Between which numbers a workload has pods: its replicas, or what its autoscaler may ask for. KEDA's zero counts as one,
 * since there is nothing to evict at zero. undefined for kinds
 * without replicas, for those that scale themselves, and where an autoscaler does not say.
 */
export function replicasOf(inventory: Inventory, pod: PodObject): ReplicaBounds | undefined {
  const { workload } = pod;
  if (workload?.scaled !== true) {
    return undefined;
  }
  const autoscaler = autoscalers(inventory).get(workloadKey(pod));
  if (autoscaler) {
    const { bounds } = autoscaler;
    return bounds && { min: Math.max(bounds.min, 1), max: Math.max(bounds.max, 1) };
  }
  const replicas = workload.replicas(pod.of) * pod.times;
  return { min: replicas, max: replicas };
}

function byTarget(inventory: Inventory): ReadonlyMap<string, Autoscaler> {
  const found = new Map<string, Autoscaler>();
  for (const object of ofKindsInOrder(inventory, isAutoscaler)) {
    const target = scaleTargetOf(object.manifest);
    if (target) {
      const key = `${object.namespace}/${target.kind}/${target.name}`;
      if (!found.has(key)) {
        found.set(key, { object, bounds: boundsOf(object.manifest) });
      }
    }
  }
  return found;
}
