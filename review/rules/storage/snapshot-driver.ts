import { WITHOUT_SNAPSHOTS } from '../../../eks/snapshot-drivers';
import { title } from '../../../kube/inventory';
import { snapshotClasses } from '../../../kube/snapshots';
import type { Rule } from '../../rule';

/** Classes of snapshots of a driver that makes none. */
export const rule: Rule = {
  id: 'storage/snapshot-driver',
  title: 'classes of snapshots are of a driver that makes snapshots',
  severity: 'error',
  why: 'The class and its snapshots are accepted, and the driver refuses each of them: they never become ready, and there is nothing to restore from.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/csi-snapshot-controller.html',
  refusedBy: 'controller',
  bad: snapshotClass('efs.csi.aws.com'),
  good: snapshotClass('ebs.csi.aws.com'),
  check: ({ inventory }, report) => {
    for (const { object, driver } of snapshotClasses(inventory)) {
      if (Object.hasOwn(WITHOUT_SNAPSHOTS, driver)) {
        report(object, {
          message: `the driver of ${title(object)} is '${driver}', which makes no snapshots`,
          fix: WITHOUT_SNAPSHOTS[driver]!,
          field: 'driver',
        });
      }
    }
  },
};

function snapshotClass(driver: string): string {
  return `
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotClass
metadata: { name: backups }
driver: ${driver}
deletionPolicy: Retain
`;
}
