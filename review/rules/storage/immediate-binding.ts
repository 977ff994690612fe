import { isEbsDriver } from '../../../eks/compute-modes';
import { LOCAL_VOLUMES } from '../../../eks/instance-store';
import type { StorageClass } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import type { Rule } from '../../rule';

/** A volume of EBS is in one zone, and a local one on one node, which should be that of its pod. */
export const rule: Rule = {
  id: 'storage/immediate-binding',
  title: 'classes of EBS volumes and of local volumes wait for the first pod',
  severity: 'warning',
  why: 'With immediate binding a volume is made in any zone before its pod is scheduled; the pod then stays pending where its zone has no room or is not allowed.',
  source: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode',
  bad: storageClass('Immediate'),
  good: storageClass('WaitForFirstConsumer'),
  check: ({ inventory }, report) => {
    for (const object of inventory.ofKind('StorageClass', 'storage.k8s.io')) {
      const {
        provisioner,
        volumeBindingMode = 'Immediate',
        allowedTopologies,
      } = object.manifest as unknown as StorageClass;
      const isLocal = provisioner === LOCAL_VOLUMES.provisioner;
      if ((isLocal || isEbsDriver(provisioner)) && volumeBindingMode === 'Immediate' && !allowedTopologies) {
        report(object, {
          message: `${title(object)} of ${isLocal ? 'local' : 'EBS'} volumes binds them immediately`,
          fix: 'write volumeBindingMode: WaitForFirstConsumer',
          field: 'volumeBindingMode',
        });
      }
    }
  },
};

function storageClass(mode: string): string {
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: ebs.csi.aws.com
volumeBindingMode: ${mode}
`;
}
