import { isEbsDriver } from '../../../eks/compute-modes';
import { EBS_DEFAULT_TYPE, EBS_VOLUME_TYPES } from '../../../eks/ebs-volumes';
import type { StorageClass } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { formatBytes, parseQuantity, quantityOf, unitsOf } from '../../../kube/quantity';
import { claimingObjects } from '../../claims';
import { classOf, volumeIndex } from '../../cluster/volumes';
import type { Rule } from '../../rule';

const GIBI = parseQuantity('1Gi')!;

/** Claims of a size that no volume of their class has. */
export const rule: Rule = {
  id: 'storage/size',
  title: 'claims on EBS have a size that volumes of their type have',
  severity: 'error',
  why: 'EC2 refuses the volume, and the claim stays pending. The size of a claim template cannot be changed later.',
  source: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html',
  refusedBy: 'controller',
  bad: manifests('20Gi'),
  good: manifests('125Gi'),
  check: ({ inventory }, report) => {
    const index = volumeIndex(inventory);
    for (const { object, claims } of claimingObjects(inventory)) {
      for (const { field, spec } of claims) {
        const storageClass = classOf(spec.storageClassName, index) as Partial<StorageClass> | undefined;
        const type = isEbsDriver(storageClass?.provisioner) && spec.volumeName === undefined && typeOf(storageClass!);
        const range = type && EBS_VOLUME_TYPES.get(type)?.size;
        const size = quantityOf(spec.resources?.requests?.storage);
        if (!range || size === undefined || size <= 0n) {
          continue;
        }
        const [least, most] = range;
        // the driver rounds up
        const gib = unitsOf(size, GIBI);
        if (gib < BigInt(least) || gib > BigInt(most)) {
          report(object, {
            message: `a claim of ${title(object)} has ${formatBytes(size)}, and volumes of type '${type}' have ${least}Gi to ${most}Gi`,
            fix: `write ${gib < BigInt(least) ? least : most}Gi, or take a class of another type`,
            field: `${field}.resources.requests.storage`,
          });
        }
      }
    }
  },
};

function typeOf({ parameters = {} }: Partial<StorageClass>): string {
  const [, type] = Object.entries(parameters).find(([key]) => key.toLowerCase() === 'type') ?? [];
  return type ?? EBS_DEFAULT_TYPE;
}

function manifests(size: string): string {
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: cold }
provisioner: ebs.csi.aws.com
parameters: { type: st1, encrypted: 'true' }
volumeBindingMode: WaitForFirstConsumer
allowVolumeExpansion: true
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: default }
spec: { storageClassName: cold, accessModes: [ReadWriteOnce], resources: { requests: { storage: ${size} } } }
`;
}
