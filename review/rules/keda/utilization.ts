import type { InventoryObject } from '../../../kube/inventory';
import { title } from '../../../kube/inventory';
import { isUtilization } from '../../../kube/keda-triggers';
import type { Rule } from '../../rule';
import { scalerTriggers } from '../../scalers';

/** Pods that do not run use nothing. */
export const rule: Rule = {
  id: 'keda/utilization',
  title: 'cpu and memory triggers have a metricType, and alone at least one replica',
  severity: 'error',
  why: 'KEDA refuses cpu and memory triggers without a metricType, and a ScaledObject that has only such triggers and may scale to zero, where there is nothing to measure.',
  source: 'https://keda.sh/docs/latest/scalers/cpu/',
  bad: scaler('cooldownPeriod: 300'),
  good: scaler('minReplicaCount: 1'),
  check: ({ inventory }, report) => {
    const alone = new Map<InventoryObject, boolean>();
    for (const { object, field, type, metricType, metadata } of scalerTriggers(inventory)) {
      alone.set(object, (alone.get(object) ?? true) && isUtilization(type));
      if (isUtilization(type) && metricType === undefined && metadata.type === undefined) {
        report(object, {
          message: `trigger '${type}' of ${title(object)} has no metricType`,
          fix: 'write metricType: Utilization or metricType: AverageValue',
          field: `${field}.metricType`,
        });
      }
    }
    for (const [object, only] of alone) {
      const { minReplicaCount = 0 } = (object.manifest.spec ?? {}) as { minReplicaCount?: unknown };
      if (only && minReplicaCount === 0 && object.manifest.kind === 'ScaledObject') {
        report(object, {
          message: `${title(object)} has only cpu and memory triggers, and minReplicaCount is 0`,
          fix: 'write minReplicaCount: 1, or add a trigger that works without pods',
          field: 'spec.minReplicaCount',
        });
      }
    }
  },
};

function scaler(bounds: string): string {
  return `
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: web, namespace: default }
spec:
  scaleTargetRef: { name: web }
  ${bounds}
  triggers: [{ type: cpu, metricType: Utilization, metadata: { value: '70' } }]
`;
}
