import { installedDriver } from '../eks/compute-modes';
import type { PersistentVolumeClaimSpec } from '../imports/kubernetes';
import type { Inventory } from '../kube/inventory';
import { workloadKind } from '../kube/workload-kinds';
import { classOf, volumeIndex } from './cluster/volumes';

/** The driver of the volume of a claim, by 'namespace/name': of the set, members included; undefined where it is not known. */
export function driverOfClaim(inventory: Inventory, key: string): string | undefined {
  const index = volumeIndex(inventory);
  const spec = index.claims.get(key) ?? inventory.view(claimsOfMembers).get(key.replace(/-\d+$/, ''));
  return spec && driverOf(inventory, spec);
}

/** The driver that makes the volume of a claim, or of the volume that it names. */
export function driverOf(inventory: Inventory, spec: Partial<PersistentVolumeClaimSpec>): string | undefined {
  const index = volumeIndex(inventory);
  const { volumeName, storageClassName } = spec;
  const name =
    volumeName === undefined
      ? classOf(storageClassName, index)?.provisioner
      : index.volumes.get(volumeName)?.spec?.csi?.driver;
  return name === undefined ? undefined : installedDriver(name);
}

/** The claims of members, by 'namespace/template-set', which a number follows. */
function claimsOfMembers(inventory: Inventory): ReadonlyMap<string, Partial<PersistentVolumeClaimSpec>> {
  return new Map(
    inventory.objects.flatMap(({ manifest, namespace }) =>
      (workloadKind(manifest)?.claims?.(manifest.spec ?? {}) ?? []).map(
        ({ metadata, spec }) => [`${namespace}/${metadata?.name}-${manifest.metadata.name}`, spec ?? {}] as const,
      ),
    ),
  );
}
