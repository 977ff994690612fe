import type { PersistentVolumeClaimSpec } from '../../../imports/kubernetes';
import type { InventoryObject } from '../../../kube/inventory';
import { title } from '../../../kube/inventory';
import { podSpecField } from '../../../kube/pod-containers';
import { quantityOf } from '../../../kube/quantity';
import { podTemplate, workloadKind } from '../../../kube/workload-kinds';
import type { Rule } from '../../rule';

type Claim = readonly [field: string, spec: Partial<PersistentVolumeClaimSpec>];

/** What every claim says. */
export const rule: Rule = {
  id: 'volumes/claim',
  title: 'every claim has an access mode and a size',
  severity: 'error',
  why: 'The API server refuses claims and claim templates without an access mode or without requests.storage, and ReadWriteOncePod beside another mode.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistentvolumeclaims',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: default }
spec: { accessModes: [ReadWriteOnce] }
`,
  good: `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: default }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 10Gi } } }
`,
  check: ({ inventory }, report) => {
    for (const object of inventory.objects) {
      for (const [field, { accessModes = [], resources }] of claimsOf(object)) {
        if (accessModes.length === 0) {
          report(object, {
            message: `a claim of ${title(object)} has no access mode`,
            fix: "write accessModes: ['ReadWriteOnce']",
            field: `${field}.accessModes`,
          });
        } else if (accessModes.length > 1 && accessModes.includes('ReadWriteOncePod')) {
          report(object, {
            message: `a claim of ${title(object)} has ReadWriteOncePod beside other access modes`,
            fix: 'write one of them',
            field: `${field}.accessModes`,
          });
        }
        const storage = resources?.requests?.storage;
        if (storage === undefined || quantityOf(storage) === 0n) {
          report(object, {
            message: `a claim of ${title(object)} has no size`,
            fix: 'write resources.requests.storage, such as 10Gi',
            field: `${field}.resources.requests.storage`,
          });
        }
      }
    }
  },
};

function claimsOf({ manifest }: InventoryObject): Claim[] {
  const { apiVersion, kind, spec = {} } = manifest;
  if (apiVersion === 'v1' && kind === 'PersistentVolumeClaim') {
    return [['spec', spec as Partial<PersistentVolumeClaimSpec>]];
  }
  const templates = (workloadKind(manifest)?.claims?.(spec) ?? []).map(
    (claim, i): Claim => [`spec.volumeClaimTemplates[${i}].spec`, claim.spec ?? {}],
  );
  const ephemeral = (podTemplate(manifest)?.spec?.volumes ?? []).flatMap((volume, i): Claim[] =>
    volume.ephemeral
      ? [
          [
            `${podSpecField(manifest)}.volumes[${i}].ephemeral.volumeClaimTemplate.spec`,
            volume.ephemeral.volumeClaimTemplate?.spec ?? {},
          ],
        ]
      : [],
  );
  return [...templates, ...ephemeral];
}
