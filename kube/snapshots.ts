import { SNAPSHOT_GROUP } from './csi-drivers';
import type { Inventory, InventoryObject } from './inventory';
import { asObject } from './loose';

/** The annotation of the class that snapshots without one get, of those with the driver of the volume. */
export const DEFAULT_SNAPSHOT_CLASS = 'snapshot.storage.kubernetes.io/is-default-class';

/** A snapshot of a volume as it is asked for. */
export interface Snapshot {
  readonly object: InventoryObject;
  /** Its class, where it names one. */
  readonly className: string | undefined;
  /** The claim whose volume it is of; undefined for one that exists in EC2. */
  readonly claim: string | undefined;
}

/** The snapshots of a set. */
export function snapshotsOf(inventory: Inventory): readonly Snapshot[] {
  return inventory.ofKind('VolumeSnapshot', SNAPSHOT_GROUP).map((object) => {
    const { volumeSnapshotClassName: className, source } = asObject(object.manifest.spec);
    const { persistentVolumeClaimName: claim } = asObject(source);
    return {
      object,
      className: typeof className === 'string' ? className : undefined,
      claim: typeof claim === 'string' ? claim : undefined,
    };
  });
}

/** A class of snapshots, with its driver. */
export interface SnapshotClass {
  readonly object: InventoryObject;
  readonly name: string;
  readonly driver: string;
  readonly isDefault: boolean;
}

/** The classes of snapshots of a set. */
export function snapshotClasses(inventory: Inventory): readonly SnapshotClass[] {
  return inventory.ofKind('VolumeSnapshotClass', SNAPSHOT_GROUP).map((object) => {
    const { metadata, driver } = object.manifest as typeof object.manifest & { readonly driver?: unknown };
    return {
      object,
      name: metadata.name,
      driver: typeof driver === 'string' ? driver : '',
      isDefault: metadata.annotations?.[DEFAULT_SNAPSHOT_CLASS] === 'true',
    };
  });
}
