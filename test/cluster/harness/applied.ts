import type { KubernetesObject } from '@kubernetes/client-node';
import type { Manifest } from '../../golden/programs';
import { pause } from './eventually';
import type { Kube } from './kube';

/** How an object stands in the store but for its status, as JSON, by 'Kind namespace/name'. */
export type Versions = ReadonlyMap<string, string>;

const keyOf = ({ kind, metadata }: KubernetesObject): string =>
  `${kind} ${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;

/** Those of the objects that were applied. */
export async function versionsOf(kube: Kube, manifests: readonly Manifest[]): Promise<Versions> {
  const wanted = new Set(manifests.map(keyOf));
  const kinds = new Map(manifests.map((manifest) => [`${manifest.apiVersion} ${manifest.kind}`, manifest] as const));
  const lists = await Promise.all(
    [...kinds.values()].map(async ({ apiVersion, kind }) => {
      const { items } = await kube.objects.list(apiVersion, kind);
      // a list does not repeat the kind in each of its items
      return items.map((item) => [keyOf({ ...item, kind }), withoutStatus(item)] as const);
    }),
  );
  return new Map(lists.flat().filter(([key]) => wanted.has(key)));
}

/**
 * A controller writes the status whenever it likes, that of an autoscaler every 15 s, and each write is a new version of
 * the object. An apply that changes something else shows in the object itself or in who wrote its fields, and when.
 */
function withoutStatus(object: KubernetesObject): string {
  const { resourceVersion: _, managedFields = [], ...metadata } = object.metadata ?? {};
  const writers = managedFields.filter(({ subresource }) => subresource !== 'status');
  return JSON.stringify({ ...object, metadata: { ...metadata, managedFields: writers }, status: undefined });
}

/** Waits until no controller writes to the objects any more, which is seen by nothing having changed for a while. */
export async function settled(kube: Kube, manifests: readonly Manifest[]): Promise<Versions> {
  for (let before = await versionsOf(kube, manifests); ; ) {
    await pause(3000);
    const now = await versionsOf(kube, manifests);
    if (changed(before, now).length === 0) {
      return now;
    }
    before = now;
  }
}

/** The objects that are not as they were. */
export const changed = (before: Versions, after: Versions): string[] =>
  [...before.keys()].filter((key) => before.get(key) !== after.get(key));
