import { type InventoryObject, title } from '../../../kube/inventory';
import type { Rule } from '../../rule';

/** Two autoscalers of one workload undo each other's changes. */
export const rule: Rule = {
  id: 'autoscalers/overlap',
  title: 'a workload has at most one HorizontalPodAutoscaler or ScaledObject',
  severity: 'error',
  check: ({ inventory }, report) => {
    if (inventory.duplicates.length > 0) {
      return;
    }
    const targets = new Map<string, InventoryObject>();
    const scalers = inventory.objects.filter(
      ({ manifest }) => manifest.kind === 'HorizontalPodAutoscaler' || manifest.kind === 'ScaledObject',
    );
    for (const scaler of scalers) {
      const target = scaler.manifest.spec?.scaleTargetRef as { kind?: string; name?: string } | undefined;
      const kind = target?.kind ?? 'Deployment';
      const key = `${scaler.namespace}/${kind}/${target?.name}`;
      const first = targets.get(key);
      if (first) {
        report(scaler, {
          message: `${title(scaler)} and ${title(first)} both scale ${kind} '${target?.name}'`,
          field: 'spec.scaleTargetRef',
          fix: 'keep one of the two autoscalers',
        });
      }
      targets.set(key, first ?? scaler);
    }
  },
};
