import { STATIC_DRIVERS } from '../../../eks/storage-drivers';
import type { StorageClass } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { claimingObjects } from '../../claims';
import { classOf, volumeIndex } from '../../cluster/volumes';
import type { Rule } from '../../rule';

/** Claims of a driver that makes no volumes. A class of it is of use for its name, by which volumes are bound. */
export const rule: Rule = {
  id: 'drivers/static-only',
  title: 'claims of a driver that makes no volumes have a PersistentVolume',
  severity: 'warning',
  why: 'The driver of S3 mounts buckets that exist, and makes none: the claim waits for a PersistentVolume of its class.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/s3-csi.html',
  bad: manifests(''),
  good: manifests(`---
apiVersion: v1
kind: PersistentVolume
metadata: { name: media }
spec:
  capacity: { storage: 1Gi }
  accessModes: [ReadWriteMany]
  storageClassName: buckets
  csi: { driver: s3.csi.aws.com, volumeHandle: media, volumeAttributes: { bucketName: media } }
`),
  check: ({ inventory, existing }, report) => {
    const index = volumeIndex(inventory);
    const bound = new Set([...index.volumes.values()].map(({ spec }) => spec?.storageClassName));
    if (!inventory.complete || existing.some(({ kind }) => kind === 'PersistentVolume')) {
      return;
    }
    for (const { object, claims } of claimingObjects(inventory)) {
      for (const { field, spec } of claims) {
        const storageClass = classOf(spec.storageClassName, index) as StorageClass | undefined;
        const { provisioner = '', metadata } = storageClass ?? {};
        if (STATIC_DRIVERS.has(provisioner) && spec.volumeName === undefined && !bound.has(metadata?.name)) {
          report(object, {
            message: `a claim of ${title(object)} has the class '${metadata?.name}' of '${provisioner}', which makes no volumes, and no PersistentVolume of the set has that class`,
            fix: 'add a PersistentVolume with the bucket and the class of the claim, and name it in volumeName',
            field: `${field}.storageClassName`,
          });
        }
      }
    }
  },
};

function manifests(more: string): string {
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: buckets }
provisioner: s3.csi.aws.com
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: media, namespace: default }
spec: { storageClassName: buckets, accessModes: [ReadWriteMany], resources: { requests: { storage: 1Gi } } }
${more}`;
}
