import type { V1PersistentVolume, V1Pod } from '@kubernetes/client-node';
import type { TestCluster } from './cluster';
import { ZONE } from './nodes';

/** A claim of a store, and where its data is. */
export interface Claim {
  readonly name: string;
  readonly uid: string;
  readonly volume: string;
  readonly zone: string;
  /** With what the garbage collector would take it. */
  readonly owners: number;
}

/** The claims of a store, all of them bound, by name. */
export async function claimsOf({ kube }: TestCluster, namespace: string): Promise<Claim[]> {
  const labelSelector = 'app.kubernetes.io/name=store';
  const { items } = await kube.core.listNamespacedPersistentVolumeClaim({ namespace, labelSelector });
  const claims = await Promise.all(
    items.map(async ({ metadata, spec }) => {
      const volume = await kube.core.readPersistentVolume({ name: spec!.volumeName! });
      return {
        name: metadata!.name!,
        uid: metadata!.uid!,
        volume: volume.metadata!.name!,
        zone: zoneOfVolume(volume),
        owners: metadata!.ownerReferences?.length ?? 0,
      };
    }),
  );
  return claims.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The only zone in which the pods of a volume can be. */
export function zoneOfVolume({ spec }: V1PersistentVolume): string {
  const terms = spec!.nodeAffinity!.required!.nodeSelectorTerms;
  const [zone, ...more] = terms
    .flatMap((term) => term.matchExpressions!)
    .flatMap(({ key, values }) => (key === ZONE ? values! : []));
  if (zone === undefined || more.length > 0) {
    throw new Error(`the volume is not in one zone: ${JSON.stringify(terms)}`);
  }
  return zone;
}

/** The names of the claims that a pod mounts. */
export const mountedBy = ({ spec }: V1Pod): string[] =>
  spec!.volumes!.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
