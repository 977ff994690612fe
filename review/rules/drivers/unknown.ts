import { ADDONS, addonSpec } from '../../../eks/addons';
import { EBS_DRIVER, isEbsDriver, OLD_EBS_DRIVER } from '../../../eks/compute-modes';
import { CONTROLLERS, type Controller } from '../../../eks/controllers';
import { title } from '../../../kube/inventory';
import { nearest } from '../../../kube/text';
import { drivenObjects } from '../../claims';
import type { Rule } from '../../rule';

/** Drivers on EKS, and what Kubernetes calls no driver at all. */
const KNOWN: readonly string[] = [
  ...Object.values(ADDONS).flatMap(({ driver }) => driver ?? []),
  ...Object.values<Controller>(CONTROLLERS).flatMap(({ drivers }) => drivers ?? []),
  EBS_DRIVER.auto,
  OLD_EBS_DRIVER,
  'kubernetes.io/no-provisioner',
  // of Amazon File Cache
  'filecache.csi.aws.com',
];
/** What is meant for AWS or for the driver of secrets; a provisioner with a path is one of the team's own. */
const MEANT = /^(?:(?:ebs|efs|fsx)\.|[^/]*(?:aws|amazon)|kubernetes\.io\/aws|secrets?-store)/;

/** Names of drivers that nothing serves: misspelt, or the name of the add-on that installs the driver. */
export const rule: Rule = {
  id: 'drivers/unknown',
  title: 'provisioners and drivers are spelt as they are installed',
  severity: 'warning',
  why: 'Any name is accepted, and a driver acts on its own alone: claims stay pending, and volumes are not mounted.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/storage.html',
  bad: storageClass('ebs.csi.amazonaws.com'),
  good: storageClass('ebs.csi.aws.com'),
  check: ({ inventory, existing, cluster }, report) => {
    const mode = cluster && (cluster.config.autoModeConfig?.enabled === true ? 'auto' : 'node-groups');
    const installed = [
      ...inventory.ofKind('CSIDriver', 'storage.k8s.io').map(({ manifest }) => manifest.metadata.name),
      ...existing.flatMap(({ kind, name }) => (kind === 'CSIDriver' ? name : [])),
    ];
    const known = new Set([...KNOWN, ...installed]);
    const guesses = new Map<string, string | undefined>();
    for (const { object, drivers } of drivenObjects(inventory)) {
      for (const { what, field, name } of drivers) {
        if (!known.has(name) && !guesses.has(name)) {
          guesses.set(name, addonSpec(name)?.driver ?? likeliest(name, [...known]));
        }
        const guess = guesses.get(name);
        if (guess !== undefined) {
          report(object, {
            message: `${what} of ${title(object)} is '${name}', which is not a known driver`,
            fix: `write '${isEbsDriver(guess) ? EBS_DRIVER[mode ?? (/eks/.test(name) ? 'auto' : 'node-groups')] : guess}'`,
            field,
          });
        }
      }
    }
  },
};

/** The driver of the same kind of storage, which stands first in the name; else the nearest name. */
function likeliest(name: string, known: readonly string[]): string | undefined {
  if (!MEANT.test(name)) {
    return undefined;
  }
  const same = known.filter((driver) => driver.startsWith(`${name.split('.')[0]}.`));
  return same.length > 0 ? (nearest(name, same) ?? same[0]) : nearest(name, known);
}

function storageClass(provisioner: string): string {
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: ${provisioner}
parameters: { type: gp3, encrypted: 'true' }
volumeBindingMode: WaitForFirstConsumer
allowVolumeExpansion: true
`;
}
