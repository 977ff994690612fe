import { DEFAULT_SNAPSHOT_CLASS } from '../../../eks/snapshot-drivers';
import { SNAPSHOT_GROUP } from '../../../kube/csi-drivers';
import { type InventoryObject, title } from '../../../kube/inventory';
import { madeBy } from '../../../kube/references';
import { listed, nearest } from '../../../kube/text';
import { claimingObjects } from '../../claims';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { snapshotClassesIn, snapshotsIn } from '../../snapshots';

/** What a snapshot is made of, its class, and what a claim is filled from. */
export const rule: Rule = {
  id: 'storage/snapshot-reference',
  title: 'the claims and classes of snapshots, and what claims are filled from, are in the set or in the cluster',
  severity: 'warning',
  why: 'A snapshot of a claim or class that does not exist never becomes ready. A claim that is filled from something that does not exist stays pending, and so do its pods.',
  source: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/',
  bad: manifests('date-0'),
  good: manifests('data-0'),
  check: ({ inventory, existing }, report) => {
    if (!inventory.complete) {
      return;
    }
    const key = (kind: string, namespace: string, name: string) => `${kind}/${namespace}/${name}`;
    const known = new Set(existing.map(({ kind, namespace, name }) => key(kind, namespace, name)));
    for (const { manifest, namespace } of inventory.objects) {
      for (const { kind, name } of madeBy(manifest)) {
        known.add(key(kind, namespace, name));
      }
    }
    const namesOf = (kind: string, namespace: string) =>
      [...known]
        .filter((one) => one.startsWith(`${kind}/${namespace}/`))
        .map((one) => one.slice(one.lastIndexOf('/') + 1));
    const missing = (object: InventoryObject, kind: string, name: unknown, namespace: string, what: string) => {
      if (typeof name !== 'string' || known.has(key(kind, namespace, name))) {
        return undefined;
      }
      const guess = nearest(name, namesOf(kind, namespace));
      const reference = `{ kind: '${kind}', namespace: '${namespace}', name: '${name}' }`;
      return {
        message: `${title(object)} ${what} ${kind} '${name}', which is not in the set`,
        fix: `${guess === undefined ? 'add it' : `write '${guess}'`}, or declare that it exists: existing: [${reference}]`,
      };
    };
    const classes = snapshotClassesIn(inventory);
    const declared = existing.filter(({ kind }) => kind === 'VolumeSnapshotClass');
    for (const {
      object: { manifest },
    } of classes) {
      known.add(key('VolumeSnapshotClass', '', manifest.metadata.name));
    }
    const hasDefault =
      declared.length > 0 ||
      classes.some(({ object }) => object.manifest.metadata.annotations?.[DEFAULT_SNAPSHOT_CLASS] === 'true');
    for (const { object, manifest } of snapshotsIn(inventory)) {
      const { source, volumeSnapshotClassName: className } = manifest.spec ?? {};
      const { namespace } = object;
      const claim = missing(
        object,
        'PersistentVolumeClaim',
        source?.persistentVolumeClaimName,
        namespace,
        'is made of',
      );
      if (claim) {
        report(object, { ...claim, field: 'spec.source.persistentVolumeClaimName' });
      }
      const noClass = missing(object, 'VolumeSnapshotClass', className, '', 'has the class');
      if (noClass) {
        report(object, { ...noClass, field: 'spec.volumeSnapshotClassName' });
      } else if (className === undefined && source?.persistentVolumeClaimName !== undefined && !hasDefault) {
        const names = classes.map((one) => one.object.manifest.metadata.name);
        report(object, {
          message: `${title(object)} has no class, and no VolumeSnapshotClass is the default`,
          fix: `write volumeSnapshotClassName${names.length === 0 ? '' : `, such as ${listed(names)}`}`,
          field: 'spec.volumeSnapshotClassName',
        });
      }
    }
    for (const { object, claims } of claimingObjects(inventory)) {
      const found = new Places(report, object);
      for (const { field, spec } of claims) {
        const ref = spec.dataSourceRef as
          | { kind?: string; name?: string; apiGroup?: string; namespace?: string }
          | undefined;
        const source = ref ?? spec.dataSource;
        const kind = source?.apiGroup === SNAPSHOT_GROUP ? 'VolumeSnapshot' : source?.kind;
        // of other kinds there are populators, and across namespaces only the cluster knows
        if (
          (kind !== 'VolumeSnapshot' && kind !== 'PersistentVolumeClaim') ||
          source?.kind !== kind ||
          ref?.namespace
        ) {
          continue;
        }
        const place = missing(object, kind, source.name, object.namespace, 'has a claim that is filled from');
        if (place) {
          found.add(place.message, { ...place, field: `${field}.${ref ? 'dataSourceRef' : 'dataSource'}.name` });
        }
      }
      found.finish();
    }
  },
};

function manifests(claim: string): string {
  return `
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshotClass
metadata: { name: disks }
driver: ebs.csi.aws.com
deletionPolicy: Delete
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data-0, namespace: default }
spec: { storageClassName: gp2, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: { name: before-upgrade, namespace: default }
spec: { volumeSnapshotClassName: disks, source: { persistentVolumeClaimName: ${claim} } }
`;
}
