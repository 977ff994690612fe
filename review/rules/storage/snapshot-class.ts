import { installedDriver } from '../../../eks/compute-modes';
import { title } from '../../../kube/inventory';
import { type Snapshot, type SnapshotClass, snapshotClasses, snapshotsOf } from '../../../kube/snapshots';
import { nearest } from '../../../kube/text';
import type { Problem, Rule } from '../../rule';
import { driverOfClaim } from '../../snapshots';

const FIELD = 'spec.volumeSnapshotClassName';

/** Snapshots without a class of the driver of their volume. Without a cluster and without a class in the set, all may be elsewhere. */
export const rule: Rule = {
  id: 'storage/snapshot-class',
  title: 'every snapshot has a class of the driver of its volume',
  severity: 'warning',
  why: 'Neither Kubernetes nor EKS makes a VolumeSnapshotClass. A snapshot without one, or with one of another driver, never becomes ready, and that is seen when it is needed.',
  source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/',
  bad: manifests('backup'),
  good: manifests('backups'),
  check: ({ inventory, existing, cluster }, report) => {
    const classes = snapshotClasses(inventory);
    const declared = new Set(existing.flatMap(({ kind, name }) => (kind === 'VolumeSnapshotClass' ? name : [])));
    if (!inventory.complete || !(cluster || classes.length > 0)) {
      return;
    }
    for (const snapshot of snapshotsOf(inventory)) {
      // of a volume that exists in EC2 nothing is made
      if (snapshot.claim === undefined) {
        continue;
      }
      const driver = driverOfClaim(inventory, `${snapshot.object.namespace}/${snapshot.claim}`);
      const problem = problemOf(snapshot, driver, classes, declared);
      if (problem) {
        report(snapshot.object, { ...problem, field: FIELD });
      }
    }
  },
};

function problemOf(
  { object, className, claim }: Snapshot,
  driver: string | undefined,
  classes: readonly SnapshotClass[],
  declared: ReadonlySet<string>,
): Problem | undefined {
  if (className === undefined) {
    const isThere = classes.some(
      (one) => one.isDefault && (driver === undefined || installedDriver(one.driver) === driver),
    );
    return isThere || declared.size > 0
      ? undefined
      : {
          message: `${title(object)} has no class, and no VolumeSnapshotClass is the default${driver === undefined ? '' : ` of the driver '${driver}'`}`,
          fix: "write volumeSnapshotClassName, or annotate a class with snapshot.storage.kubernetes.io/is-default-class: 'true'",
        };
  }
  const found = classes.find(({ name }) => name === className);
  if (!found) {
    const guess = nearest(
      className,
      classes.map(({ name }) => name),
    );
    return declared.has(className)
      ? undefined
      : {
          message: `${title(object)} has the class '${className}', which is not in the set`,
          fix: `${guess === undefined ? 'add the VolumeSnapshotClass' : `write '${guess}'`}, or declare that it exists: existing: [{ kind: 'VolumeSnapshotClass', namespace: '', name: '${className}' }]`,
        };
  }
  return driver === undefined || installedDriver(found.driver) === driver
    ? undefined
    : {
        severity: 'error',
        message: `${title(object)} has the class '${className}' of the driver '${found.driver}', but the volume of claim '${claim}' is of '${driver}'`,
        fix: `write a VolumeSnapshotClass of the driver '${driver}'`,
      };
}

function manifests(className: string): string {
  return `
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotClass
metadata: { name: backups }
driver: ebs.csi.aws.com
deletionPolicy: Retain
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: default }
spec: { storageClassName: gp2, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: { name: data, namespace: default }
spec: { volumeSnapshotClassName: ${className}, source: { persistentVolumeClaimName: data } }
`;
}
