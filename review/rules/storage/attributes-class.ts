import { installedDriver } from '../../../eks/compute-modes';
import { title } from '../../../kube/inventory';
import { nearest } from '../../../kube/text';
import { claimingObjects } from '../../claims';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { driverOf } from '../../snapshots';

/** Classes of attributes of volumes. Without a cluster and without one in the set, all may be elsewhere. */
export const rule: Rule = {
  id: 'storage/attributes-class',
  title: 'claims have a VolumeAttributesClass that is there, of the driver of their volume',
  severity: 'warning',
  why: 'A new claim whose VolumeAttributesClass does not exist stays pending, and a volume that exists is never changed: only events of the claim say so.',
  source: 'https://kubernetes.io/docs/concepts/storage/volume-attributes-classes/',
  bad: manifests('fats'),
  good: manifests('fast'),
  check: ({ inventory, existing, cluster }, report) => {
    const classes = new Map(
      inventory
        .ofKind('VolumeAttributesClass', 'storage.k8s.io')
        .map(({ manifest }) => [manifest.metadata.name, (manifest as { readonly driverName?: unknown }).driverName]),
    );
    const declared = new Set(existing.flatMap(({ kind, name }) => (kind === 'VolumeAttributesClass' ? name : [])));
    if (!inventory.complete || !(cluster || classes.size > 0)) {
      return;
    }
    for (const { object, claims } of claimingObjects(inventory)) {
      const found = new Places(report, object);
      for (const { field, spec } of claims) {
        const name = spec.volumeAttributesClassName;
        const driver = driverOf(inventory, spec);
        const own = name === undefined ? undefined : classes.get(name);
        if (name && !classes.has(name) && !declared.has(name)) {
          const guess = nearest(name, [...classes.keys()]);
          found.add(name, {
            message: `a claim of ${title(object)} has the VolumeAttributesClass '${name}', which is not in the set`,
            fix: `${guess === undefined ? 'add it' : `write '${guess}'`}, or declare that it exists: existing: [{ kind: 'VolumeAttributesClass', namespace: '', name: '${name}' }]`,
            field: `${field}.volumeAttributesClassName`,
          });
        } else if (typeof own === 'string' && driver !== undefined && installedDriver(own) !== driver) {
          found.add(`${name} ${driver}`, {
            severity: 'error',
            message: `a claim of ${title(object)} has the VolumeAttributesClass '${name}' of the driver '${own}', but its volume is of '${driver}'`,
            fix: `write a VolumeAttributesClass with driverName: ${driver}`,
            field: `${field}.volumeAttributesClassName`,
          });
        }
      }
      found.finish();
    }
  },
};

function manifests(name: string): string {
  return `
apiVersion: storage.k8s.io/v1
kind: VolumeAttributesClass
metadata: { name: fast }
driverName: ebs.csi.aws.com
parameters: { type: gp3, iops: '6000' }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: default }
spec: { storageClassName: gp2, volumeAttributesClassName: ${name}, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;
}
