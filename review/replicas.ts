import { boundsOf, isAutoscaler, type ReplicaBounds, type ScaleTarget, scaleTargetOf } from '../kube/autoscalers';
import { ByName } from '../kube/by-name';
import { entryOf } from '../kube/collections';
import { type Inventory, type InventoryObject, ofKindsInOrder, type PodObject } from '../kube/inventory';

/** An autoscaler of replicas, with what it may ask for. */
export interface Autoscaler {
  readonly object: InventoryObject;
  /** undefined where it does not say. */
  readonly bounds: ReplicaBounds | undefined;
}

/** The autoscalers by what they scale; of several the first. */
class Autoscalers {
  private readonly all: Autoscaler[] = [];
  private readonly byKind = new Map<string, ByName<Autoscaler>>();

  add({ namespace }: InventoryObject, { kind, name }: ScaleTarget, make: () => Autoscaler): void {
    const ofKind = entryOf(this.byKind, kind, newNames);
    if (!ofKind.named(namespace, name)) {
      const autoscaler = make();
      ofKind.set(namespace, name, autoscaler);
      this.all.push(autoscaler);
    }
  }

  get size(): number {
    return this.all.length;
  }

  values(): readonly Autoscaler[] {
    return this.all;
  }

  /** That of a workload. */
  of({ namespace, manifest }: InventoryObject): Autoscaler | undefined {
    return this.scaling(namespace, { kind: manifest.kind, name: `${manifest.metadata.name}` });
  }

  scaling(namespace: string, { kind, name }: Pick<ScaleTarget, 'kind' | 'name'>): Autoscaler | undefined {
    return this.byKind.get(kind)?.named(namespace, name);
  }
}

const newNames = () => new ByName<Autoscaler>();

/** The autoscalers of a set. */
export function autoscalers(inventory: Inventory): Autoscalers {
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
  const autoscaler = autoscalers(inventory).of(pod);
  if (autoscaler) {
    const { bounds } = autoscaler;
    return bounds && { min: Math.max(bounds.min, 1), max: Math.max(bounds.max, 1) };
  }
  const replicas = workload.replicas(pod.of) * pod.times;
  return { min: replicas, max: replicas };
}

function byTarget(inventory: Inventory): Autoscalers {
  const found = new Autoscalers();
  for (const object of ofKindsInOrder(inventory, isAutoscaler)) {
    const target = scaleTargetOf(object.manifest);
    if (target) {
      found.add(object, target, () => ({ object, bounds: boundsOf(object.manifest) }));
    }
  }
  return found;
}
