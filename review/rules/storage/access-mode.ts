import { isEbsDriver } from '../../../eks/compute-modes';
import type { PersistentVolumeClaimSpec } from '../../../imports/kubernetes';
import { type InventoryObject, title } from '../../../kube/inventory';
import { workloadKind } from '../../../kube/workload-kinds';
import { volumeIndex } from '../../cluster/volumes';
import type { Rule } from '../../rule';

const SHARED = ['ReadWriteMany', 'ReadOnlyMany'];

/** A file system on EBS is mounted by one node. */
export const rule: Rule = {
  id: 'storage/access-mode',
  title: 'claims on EBS are for one node',
  severity: 'error',
  why: 'The driver of EBS makes no file system that several nodes can mount: the claim stays pending, and so do its pods.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html',
  bad: claim('ReadWriteMany'),
  good: claim('ReadWriteOnce'),
  check: ({ inventory }, report) => {
    const index = volumeIndex(inventory);
    for (const object of inventory.objects) {
      for (const [field, spec] of claimsOf(object)) {
        const { storageClassName, accessModes = [], volumeMode, volumeName } = spec;
        const known = storageClassName === undefined ? index.defaultClass : index.classes.get(storageClassName);
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

function claimsOf({ manifest }: InventoryObject): (readonly [string, Partial<PersistentVolumeClaimSpec>])[] {
  const { kind, spec = {} } = manifest;
  return kind === 'PersistentVolumeClaim'
    ? [['spec', spec as Partial<PersistentVolumeClaimSpec>]]
    : (workloadKind(manifest)?.claims?.(spec) ?? []).map(
        (template, i) => [`spec.volumeClaimTemplates[${i}].spec`, template.spec ?? {}] as const,
      );
}

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
