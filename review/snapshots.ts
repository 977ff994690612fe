import type { VolumeSnapshot, VolumeSnapshotClass } from '../imports/snapshots';
import { SNAPSHOT_GROUP } from '../kube/csi-drivers';
import type { Inventory, InventoryObject } from '../kube/inventory';

/** An object of the set, and its manifest as it may have been written by hand. */
interface Read<T> {
  readonly object: InventoryObject;
  readonly manifest: Partial<T>;
}

/** The VolumeSnapshots of the set. */
export function snapshotsIn(inventory: Inventory): readonly Read<VolumeSnapshot>[] {
  return read(inventory, 'VolumeSnapshot');
}

/** The VolumeSnapshotClasses of the set. */
export function snapshotClassesIn(inventory: Inventory): readonly Read<VolumeSnapshotClass>[] {
  return read(inventory, 'VolumeSnapshotClass');
}

function read<T>(inventory: Inventory, kind: string): readonly Read<T>[] {
  return inventory
    .ofKind(kind, SNAPSHOT_GROUP)
    .map((object) => ({ object, manifest: object.manifest as unknown as Partial<T> }));
}
