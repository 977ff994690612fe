import { isEbsDriver } from '../../../eks/compute-modes';
import { EBS_DEFAULT_TYPE, EBS_VOLUME_TYPES } from '../../../eks/ebs-volumes';
import { FSX_DRIVERS } from '../../../eks/fsx-parameters';
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
  title: 'claims on EBS and FSx for OpenZFS have a size that volumes of their class have',
  severity: 'error',
  why: 'EC2 or the driver refuses the volume, and the claim stays pending. The size of a claim template cannot be changed later.',
  source: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html',
  refusedBy: 'controller',
  bad: manifests('20Gi'),
  good: manifests('125Gi'),
  check: ({ inventory }, report) => {
    const index = volumeIndex(inventory);
    for (const { object, claims } of claimingObjects(inventory)) {
      for (const { field, spec } of claims) {
        const storageClass = classOf(spec.storageClassName, index) as Partial<StorageClass> | undefined;
        const known = storageClass && spec.volumeName === undefined ? volumesOf(storageClass) : undefined;
        const size = quantityOf(spec.resources?.requests?.storage);
        if (!known || size === undefined || size <= 0n) {
          continue;
        }
        const { what, least, most } = known;
        // the driver rounds up
        const gib = unitsOf(size, GIBI);
        if (gib < BigInt(least) || gib > BigInt(most)) {
          report(object, {
            message: `a claim of ${title(object)} has ${formatBytes(size)}, and ${what} ${least === most ? `take ${least}Gi alone, since they share the room of their file system` : `have ${least}Gi to ${most}Gi`}`,
            fix: `write ${gib < BigInt(least) ? least : most}Gi, or take a class of another type`,
            field: `${field}.resources.requests.storage`,
          });
        }
      }
    }
  },
};

/** The size that volumes of a class have, in GiB; undefined where it is not known. */
function volumesOf(
  storageClass: Partial<StorageClass>,
): { readonly what: string; readonly least: number; readonly most: number } | undefined {
  const { provisioner, parameters } = storageClass;
  if (provisioner === FSX_DRIVERS.openZfs && parameters?.ResourceType === 'volume') {
    return { what: 'volumes of FSx for OpenZFS', least: 1, most: 1 };
  }
  const type = isEbsDriver(provisioner) ? typeOf(storageClass) : undefined;
  const [least, most] = (type === undefined ? undefined : EBS_VOLUME_TYPES.get(type)?.size) ?? [];
  return least === undefined || most === undefined ? undefined : { what: `volumes of type '${type}'`, least, most };
}

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
