import { type InventoryObject, title } from '../../../kube/inventory';
import { MANAGED_BY, NAME_LABEL } from '../../../kube/labels';
import { podTemplate } from '../../../kube/workload-kinds';
import type { Rule } from '../../rule';

/** Two workloads of one name, whatever their kinds, would share their selector. */
export const rule: Rule = {
  id: 'workloads/same-name',
  title: 'workloads of one namespace have different names, whatever their kinds',
  severity: 'error',
  check: ({ inventory }, report) => {
    if (inventory.duplicates.length > 0) {
      return;
    }
    const seen = new Map<string, InventoryObject>();
    for (const object of inventory.objects) {
      const { kind, metadata } = object.manifest;
      if (metadata.labels?.['app.kubernetes.io/managed-by'] !== MANAGED_BY || !podTemplate(object.manifest)) {
        continue;
      }
      const name = metadata.labels[NAME_LABEL];
      const key = `${object.namespace}/${name}`;
      const first = seen.get(key);
      if (first && first.manifest.kind !== kind) {
        report(object, {
          message: `the name '${name}' is used by ${title(first)} too, so both have the same selector and service account`,
          field: 'metadata.name',
          fix: 'give one of them another id',
        });
      }
      seen.set(key, first ?? object);
    }
  },
};
