import { DEFAULT_SNAPSHOT_CLASS } from '../../../eks/storage-drivers';
import { SNAPSHOT_GROUP } from '../../../kube/csi-drivers';
import { type Inventory, type InventoryObject, title } from '../../../kube/inventory';
import { NamesByKind } from '../../../kube/names-by-kind';
import { madeBy } from '../../../kube/references';
import { listed, nearest } from '../../../kube/text';
import { claimingObjects } from '../../claims';
import { Places } from '../../places';
import type { ExistingObject, Rule } from '../../rule';
import { snapshotClassesIn, snapshotsIn } from '../../snapshots';

const MOST_COMPARED = 100;

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
    // most sets have no snapshots, and ask for no name
    let names: NamesByKind | undefined;
    const missing = (object: InventoryObject, kind: string, name: unknown, namespace: string, what: string) => {
      if (typeof name !== 'string') {
        return undefined;
      }
      names ??= namesOf(inventory, existing);
      if (names.has(kind, namespace, name)) {
        return undefined;
      }
      const guess = nearest(name, names.of(kind, namespace).slice(0, MOST_COMPARED));
      const reference = `{ kind: '${kind}', namespace: '${namespace}', name: '${name}' }`;
      return {
        message: `${title(object)} ${what} ${kind} '${name}', which is not in the set`,
        fix: `${guess === undefined ? 'add it' : `write '${guess}'`}, or declare that it exists: existing: [${reference}]`,
      };
    };
    const classes = snapshotClassesIn(inventory);
    const declared = existing.filter(({ kind }) => kind === 'VolumeSnapshotClass');
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
        const others = classes.map((one) => one.object.manifest.metadata.name);
        report(object, {
          message: `${title(object)} has no class, and no VolumeSnapshotClass is the default`,
          fix: `write volumeSnapshotClassName${others.length === 0 ? '' : `, such as ${listed(others)}`}`,
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

function namesOf(inventory: Inventory, existing: readonly ExistingObject[]): NamesByKind {
  const names = new NamesByKind();
  for (const { kind, namespace, name } of existing) {
    names.add(kind, namespace, name);
  }
  for (const { manifest, namespace } of inventory.objects) {
    for (const { kind, name } of madeBy(manifest)) {
      names.add(kind, kind === 'VolumeSnapshotClass' ? '' : namespace, name);
    }
  }
  return names;
}

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
