import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { ManifestError } from '../core/errors';
import type { AnyObject } from '../core/k8s';
import { KubeObject } from '../core/kube-object';
import { addTo } from '../core/multi-map';
import { quantityErrors } from '../core/quantity-errors';
import { cachedInPass } from '../core/synthesis-pass';

/** What the quota counts, and the amounts that it cannot count. */
export interface CountedWorkloads {
  readonly manifests: readonly AnyObject[];
  readonly errors: readonly ManifestError[];
}

/** Objects of Kubernetes that hold no pods, and the quota itself. */
const QUOTA_FREE = new Set(['Namespace', 'ResourceQuota', 'LimitRange', 'NetworkPolicy']);
const BY_NAMESPACE = {};

/** The workloads of a namespace, raw ones included, since the quota counts them all. `tenant` is the construct of the namespace. */
export function countedWorkloads(tenant: IConstruct, namespace: string): CountedWorkloads {
  return cachedInPass(tenant.node, () => {
    const own = objectsByNamespace(tenant.node.root).get(namespace) ?? [];
    const counted = own
      .filter((object) => !QUOTA_FREE.has(object.kind))
      .map((object) => ({ object, manifest: manifestOf(object) }));
    return {
      manifests: counted.map(({ manifest }) => manifest),
      errors: counted.flatMap(({ object, manifest }) => quantityErrors(object, manifest)),
    };
  });
}

function manifestOf(object: ApiObject): AnyObject {
  return object instanceof KubeObject ? (object as KubeObject<AnyObject>).manifest() : (object.toJson() as AnyObject);
}

/** Every object of the app by its namespace, charts beside the tenant included. */
function objectsByNamespace(root: IConstruct): ReadonlyMap<string, readonly ApiObject[]> {
  return cachedInPass(BY_NAMESPACE, () => {
    const found = new Map<string, ApiObject[]>();
    for (const object of root.node.findAll()) {
      const namespace = ApiObject.isApiObject(object) ? object.metadata.namespace : undefined;
      if (namespace !== undefined) {
        addTo(found, namespace, object as ApiObject);
      }
    }
    return found;
  });
}
