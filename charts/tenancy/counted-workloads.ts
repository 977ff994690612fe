import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isAutoscaler } from '../../kube/autoscalers';
import { addTo } from '../../kube/collections';
import { Inventory, type InventoryObject, inventoryObject } from '../../kube/inventory';
import type { Manifest } from '../../kube/objects';
import { hasPodTemplate } from '../../kube/pod-templates';
import { apiObjectsOf, countedManifests, manifestOf } from '../core/app-objects';
import type { AnyObject } from '../core/k8s';
import { cached } from '../core/render-cache';

/** Kinds that a quota does not count. */
const QUOTA_FREE = new Set(['Namespace', 'ResourceQuota', 'LimitRange', 'NetworkPolicy']);

/** All workloads of a namespace, raw manifests included, since the quota counts them. Throws for invalid quantities. */
export function countedWorkloads(root: IConstruct, namespace: string): AnyObject[] {
  const found: InventoryObject[] = [];
  for (const object of objectsByNamespace(root).get(namespace) ?? []) {
    if (!QUOTA_FREE.has(object.kind)) {
      const manifest = manifestOf(object);
      if (isCounted(manifest)) {
        found.push(inventoryObject(manifest, { construct: object.node.path }));
      }
    }
  }
  return countedManifests(new Inventory(found));
}

/** Kinds that have a part in a total beside those with pods: what a quota counts, scales pods, or has amounts. */
const COUNTED = new Set(['Service', 'PersistentVolumeClaim', 'LimitRange', 'Rollout']);

function isCounted(manifest: Manifest): boolean {
  return COUNTED.has(manifest.kind) || isAutoscaler(manifest) || hasPodTemplate(manifest);
}

/** The names of the StorageClasses of the app that are for all tenants: those of a SharedVolume are in a chart of one. */
export function storageClassNames(root: IConstruct): readonly string[] {
  return cached(root, 'storage-class-names', () => {
    const found: string[] = [];
    for (const { kind, name, chart } of apiObjectsOf(root)) {
      if (kind === 'StorageClass' && chart.namespace === undefined) {
        found.push(name);
      }
    }
    return found;
  });
}

/** The objects of the app by namespace, from all charts. */
function objectsByNamespace(root: IConstruct): ReadonlyMap<string, readonly ApiObject[]> {
  return cached(root, 'objects-by-namespace', () => {
    const found = new Map<string, ApiObject[]>();
    for (const object of apiObjectsOf(root)) {
      const { namespace } = object.metadata;
      if (namespace !== undefined) {
        addTo(found, namespace, object);
      }
    }
    return found;
  });
}
