import { isEbsDriver } from '../../../eks/compute-modes';
import type { StorageClass } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import type { Rule } from '../../rule';

/** Volumes without encryption; the account may encrypt every volume by default, which no manifest says. */
export const rule: Rule = {
  id: 'storage/encryption',
  title: 'volumes of EBS are encrypted',
  severity: 'advice',
  why: 'Volumes and their snapshots are encrypted only where the class or the account says so. A volume cannot be encrypted later.',
  source: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html',
  bad: storageClass('{ type: gp3 }'),
  good: storageClass("{ type: gp3, encrypted: 'true' }"),
  check: ({ inventory }, report) => {
    for (const object of inventory.ofKind('StorageClass', 'storage.k8s.io')) {
      const { provisioner, parameters = {} } = object.manifest as unknown as StorageClass;
      const given = new Map(Object.entries(parameters).map(([key, value]) => [key.toLowerCase(), value]));
      const encrypted = given.get('encrypted') ?? 'false';
      // the driver encrypts wherever there is a key
      if (isEbsDriver(provisioner) && encrypted === 'false' && !given.get('kmskeyid')) {
        report(object, {
          message: `${title(object)} makes volumes of EBS that are not encrypted`,
          fix: "write encrypted: 'true' in parameters, of a class with a new name where this one exists",
          field: 'parameters.encrypted',
        });
      }
    }
  },
};

function storageClass(parameters: string): string {
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: ebs.csi.aws.com
parameters: ${parameters}
volumeBindingMode: WaitForFirstConsumer
allowVolumeExpansion: true
`;
}
