import { installedDriver } from '../../../eks/compute-modes';
import { WITHOUT_SNAPSHOTS } from '../../../eks/storage-drivers';
import { title } from '../../../kube/inventory';
import { classOf, volumeIndex } from '../../cluster/volumes';
import type { Rule } from '../../rule';
import { snapshotClassesIn, snapshotsIn } from '../../snapshots';

/** Classes of drivers that make no snapshots, and snapshots by another driver than that of the volume. */
export const rule: Rule = {
  id: 'storage/snapshot-driver',
  title: 'the driver of a snapshot makes snapshots, and is that of the volume',
  severity: 'error',
  why: 'The objects are accepted, but the driver makes no snapshot: it never becomes ready, and there is no copy of the data.',
  source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshot-classes/',
  refusedBy: 'controller',
  bad: snapshotClass('efs.csi.aws.com'),
  good: snapshotClass('ebs.csi.aws.com'),
  check: ({ inventory }, report) => {
    const drivers = new Map<string, string>();
    for (const { object, manifest } of snapshotClassesIn(inventory)) {
      const { driver } = manifest;
      if (typeof driver !== 'string') {
        continue;
      }
      drivers.set(object.manifest.metadata.name, driver);
      const instead = WITHOUT_SNAPSHOTS.get(driver);
      if (instead !== undefined) {
        report(object, {
          message: `${title(object)} has the driver ${driver}, which makes no snapshots`,
          fix: `delete it: ${instead}`,
          field: 'driver',
        });
      }
    }
    const index = volumeIndex(inventory);
    for (const { object, manifest } of snapshotsIn(inventory)) {
      const { volumeSnapshotClassName = '', source } = manifest.spec ?? {};
      const claim = index.claims.get(`${object.namespace}/${source?.persistentVolumeClaimName}`);
      const ofVolume = claim && claim.volumeName === undefined ? classOf(claim.storageClassName, index) : undefined;
      const ofClass = drivers.get(volumeSnapshotClassName);
      if (ofVolume && ofClass && installedDriver(ofVolume.provisioner) !== installedDriver(ofClass)) {
        report(object, {
          message: `${title(object)} has a class of the driver ${ofClass}, but its claim '${source?.persistentVolumeClaimName}' is of ${ofVolume.provisioner}`,
          fix: `take a VolumeSnapshotClass of ${ofVolume.provisioner}`,
          field: 'spec.volumeSnapshotClassName',
        });
      }
    }
  },
};

function snapshotClass(driver: string): string {
  return `
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotClass
metadata: { name: copies }
driver: ${driver}
deletionPolicy: Delete
`;
}
