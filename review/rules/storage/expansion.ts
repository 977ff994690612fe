import { isEbsDriver } from '../../../eks/compute-modes';
import type { StorageClass } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import type { Rule } from '../../rule';

/** Classes whose claims cannot grow. */
export const rule: Rule = {
  id: 'storage/expansion',
  title: 'volumes of EBS may grow',
  severity: 'advice',
  why: 'The API server refuses a larger size of a claim whose class does not allow it, so that a full volume must be copied into a new one.',
  source: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#allow-volume-expansion',
  bad: storageClass(''),
  good: storageClass('allowVolumeExpansion: true'),
  check: ({ inventory }, report) => {
    for (const object of inventory.ofKind('StorageClass', 'storage.k8s.io')) {
      const { provisioner, allowVolumeExpansion } = object.manifest as unknown as StorageClass;
      if (isEbsDriver(provisioner) && allowVolumeExpansion !== true) {
        report(object, {
          message: `claims of ${title(object)} cannot grow`,
          fix: 'write allowVolumeExpansion: true',
          field: 'allowVolumeExpansion',
        });
      }
    }
  },
};

function storageClass(more: string): string {
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: ebs.csi.aws.com
parameters: { encrypted: 'true' }
volumeBindingMode: WaitForFirstConsumer
${more}
`;
}
