import { SNAPSHOT_GROUP } from '../../../kube/csi-drivers';
import type { Inventory } from '../../../kube/inventory';
import { title } from '../../../kube/inventory';
import { madeBy } from '../../../kube/references';
import { snapshotsOf } from '../../../kube/snapshots';
import { nearest } from '../../../kube/text';
import { claimingObjects } from '../../claims';
import { Places } from '../../places';
import type { Rule } from '../../rule';

/** What a claim is filled from. It may be made at run time, so that it can be declared as existing. */
export const rule: Rule = {
  id: 'storage/claim-source',
  title: 'the snapshot or claim that a claim is filled from is in the set, or declared as existing',
  severity: 'warning',
  why: 'A claim that is filled from a snapshot or a claim waits for it, and so do its pods. Where it never comes, the volume is never made.',
  source:
    'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-snapshot-and-restore-volume-from-snapshot-support',
  bad: manifests('date'),
  good: manifests('data'),
  check: ({ inventory, existing }, report) => {
    const claiming = claimingObjects(inventory);
    if (
      !inventory.complete ||
      !claiming.some(({ claims }) => claims.some(({ spec }) => spec.dataSource ?? spec.dataSourceRef))
    ) {
      return;
    }
    const known = new Set([
      ...inventory.view(sources),
      ...existing.map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`),
    ]);
    for (const { object, claims } of claiming) {
      const found = new Places(report, object);
      for (const { field, spec } of claims) {
        const key = spec.dataSourceRef ? 'dataSourceRef' : 'dataSource';
        const {
          kind,
          name,
          apiGroup = '',
          namespace = object.namespace,
        } = { ...spec.dataSource, ...spec.dataSourceRef };
        const isKnownKind = apiGroup === (kind === 'VolumeSnapshot' ? SNAPSHOT_GROUP : '');
        if (!isKnownKind || name === undefined || !(kind === 'VolumeSnapshot' || kind === 'PersistentVolumeClaim')) {
          continue;
        }
        const prefix = `${kind}/${namespace}/`;
        if (!known.has(prefix + name)) {
          const others = [...known].flatMap((one) => (one.startsWith(prefix) ? one.slice(prefix.length) : []));
          const guess = nearest(name, others);
          found.add(prefix + name, {
            message: `a claim of ${title(object)} is filled from ${kind} '${namespace}/${name}', which is not in the set`,
            fix: `${guess === undefined ? 'add it' : `write '${guess}'`}, or declare that it exists: existing: [{ kind: '${kind}', namespace: '${namespace}', name: '${name}' }]`,
            field: `${field}.${key}.name`,
          });
        }
      }
      found.finish();
    }
  },
};

/** Snapshots and claims of the set, those of members included. */
function sources(inventory: Inventory): readonly string[] {
  const snapshots = snapshotsOf(inventory).map(
    ({ object }) => `VolumeSnapshot/${object.namespace}/${object.manifest.metadata.name}`,
  );
  const claims = inventory.objects.flatMap(({ manifest, namespace }) =>
    madeBy(manifest).flatMap(({ kind, name }) =>
      kind === 'PersistentVolumeClaim' ? `${kind}/${namespace}/${name}` : [],
    ),
  );
  return [...snapshots, ...claims];
}

function manifests(snapshot: string): string {
  return `
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: { name: data, namespace: default }
spec: { source: { volumeSnapshotContentName: data } }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: restored, namespace: default }
spec:
  storageClassName: gp2
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 1Gi } }
  dataSource: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: ${snapshot} }
`;
}
