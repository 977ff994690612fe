import type { StorageClass } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { claimingObjects } from '../../claims';
import { classOf, volumeIndex } from '../../cluster/volumes';
import { Places } from '../../places';
import type { Rule } from '../../rule';

/** Disks of pods that stay when their pods are gone. */
export const rule: Rule = {
  id: 'storage/kept-scratch',
  title: 'volumes that are made for each pod are deleted with it',
  severity: 'warning',
  why: 'The claim of a generic ephemeral volume is deleted with its pod. A class with reclaimPolicy Retain keeps the volume: every pod leaves one behind, which nothing mounts again and which costs money.',
  source: 'https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#lifecycle-and-persistentvolumeclaim',
  bad: manifests('Retain'),
  good: manifests('Delete'),
  check: ({ inventory }, report) => {
    for (const { object, claims } of claimingObjects(inventory)) {
      const ofPods = claims.filter(({ field }) => field.includes('.ephemeral.'));
      if (ofPods.length === 0) {
        continue;
      }
      const index = volumeIndex(inventory);
      const found = new Places(report, object);
      for (const { field, spec } of ofPods) {
        const storageClass = classOf(spec.storageClassName, index) as Partial<StorageClass> | undefined;
        if (storageClass?.reclaimPolicy === 'Retain') {
          const name = storageClass.metadata?.name ?? '';
          found.add(name, {
            message: `a volume of each pod of ${title(object)} has the class '${name}', whose volumes stay when the pods are gone`,
            fix: 'take a class with reclaimPolicy: Delete',
            field: `${field}.storageClassName`,
          });
        }
      }
      found.finish();
    }
  },
};

function manifests(reclaimPolicy: string): string {
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: scratch }
provisioner: ebs.csi.aws.com
parameters: { type: gp3, encrypted: 'true' }
reclaimPolicy: ${reclaimPolicy}
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: batch/v1
kind: Job
metadata: { name: sort, namespace: default }
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: sort, image: 'sort:1.0', volumeMounts: [{ name: work, mountPath: /work }] }]
      volumes:
        - name: work
          ephemeral:
            volumeClaimTemplate:
              spec: { storageClassName: scratch, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;
}
