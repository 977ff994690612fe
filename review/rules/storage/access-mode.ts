import { isEbsDriver, isEbsVolume } from '../../../eks/compute-modes';
import type { PersistentVolume } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { claimingObjects } from '../../claims';
import { classOf, volumeIndex } from '../../cluster/volumes';
import type { Rule } from '../../rule';

const SHARED = ['ReadWriteMany', 'ReadOnlyMany'];

/** A file system on EBS is mounted by one node. */
export const rule: Rule = {
  id: 'storage/access-mode',
  title: 'claims and volumes on EBS are for one node',
  severity: 'error',
  why: 'The driver of EBS makes no file system that several nodes can mount: the claim stays pending, and so do its pods.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html',
  bad: claim('ReadWriteMany'),
  good: claim('ReadWriteOnce'),
  check: ({ inventory }, report) => {
    const index = volumeIndex(inventory);
    for (const object of inventory.ofKind('PersistentVolume', '')) {
      const {
        accessModes = [],
        csi,
        volumeMode,
      } = (object.manifest as unknown as Partial<PersistentVolume>).spec ?? {};
      const shared = accessModes.find((mode) => SHARED.includes(mode));
      if (shared && isEbsVolume(csi) && volumeMode !== 'Block') {
        report(object, {
          message: `${title(object)} on EBS has the access mode ${shared}`,
          fix: "write accessModes: ['ReadWriteOnce'], or keep the files on EFS or FSx",
          field: 'spec.accessModes',
        });
      }
    }
    for (const { object, claims } of claimingObjects(inventory)) {
      for (const { field, spec } of claims) {
        const { storageClassName, accessModes = [], volumeMode, volumeName } = spec;
        const known = classOf(storageClassName, index);
        const shared = accessModes.find((mode) => SHARED.includes(mode));
        if (shared && isEbsDriver(known?.provisioner) && volumeMode !== 'Block' && volumeName === undefined) {
          report(object, {
            message: `a claim of ${title(object)} on EBS has the access mode ${shared}`,
            fix: "write accessModes: ['ReadWriteOnce'], or take a class of EFS or FSx",
            field: `${field}.accessModes`,
          });
        }
      }
    }
  },
};

function claim(mode: string): string {
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: ebs.csi.aws.com
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: default }
spec: { storageClassName: fast, accessModes: [${mode}], resources: { requests: { storage: 1Gi } } }
`;
}
