import { title } from '../../../kube/inventory';
import { quantityOf } from '../../../kube/quantity';
import { claimingObjects } from '../../claims';
import type { Rule } from '../../rule';

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
    for (const { object, claims } of claimingObjects(inventory)) {
      for (const { field, spec } of claims) {
        const { accessModes = [], resources } = spec;
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
