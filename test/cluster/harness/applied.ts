import type { KubernetesObject } from '@kubernetes/client-node';
import type { Manifest } from '../../golden/programs';
import { pause } from './eventually';
import type { Kube } from './kube';

/** How an object stands in the store, by 'Kind namespace/name'. */
export type Versions = ReadonlyMap<string, { readonly resourceVersion: unknown; readonly managedFields: unknown }>;

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
      return items.map((item) => [keyOf({ ...item, kind }), item.metadata] as const);
    }),
  );
  const found = lists.flat().filter(([key]) => wanted.has(key));
  return new Map(
    found.map(([key, metadata]) => [
      key,
      { resourceVersion: metadata?.resourceVersion, managedFields: metadata?.managedFields },
    ]),
  );
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
  [...before.keys()].filter((key) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)));
