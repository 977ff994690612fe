import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { addTo } from '../../kube/collections';
import { Inventory, inventoryObject } from '../../kube/inventory';
import { apiObjectsOf, countedManifests, manifestOf } from '../core/app-objects';
import type { AnyObject } from '../core/k8s';
import { cached } from '../core/render-cache';

/** Kinds that a quota does not count. */
const QUOTA_FREE = new Set(['Namespace', 'ResourceQuota', 'LimitRange', 'NetworkPolicy']);

/** All workloads of a namespace, raw manifests included, since the quota counts them. Throws for invalid quantities. */
export function countedWorkloads(root: IConstruct, namespace: string): AnyObject[] {
  const own = (objectsByNamespace(root).get(namespace) ?? []).filter(({ kind }) => !QUOTA_FREE.has(kind));
  const objects = own.map((object) => inventoryObject(manifestOf(object), { construct: object.node.path }));
  return countedManifests(new Inventory(objects));
}

/** The names of the StorageClasses of the app that are for all tenants: those of a SharedVolume are in a chart of one. */
export function storageClassNames(root: IConstruct): readonly string[] {
  return cached(root, 'storage-class-names', () =>
    apiObjectsOf(root).flatMap(({ kind, name, chart }) =>
      kind === 'StorageClass' && chart.namespace === undefined ? [name] : [],
    ),
  );
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
