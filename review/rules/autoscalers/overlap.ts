import { isAutoscaler, scaleTargetOf } from '../../../kube/autoscalers';
import { type InventoryObject, title } from '../../../kube/inventory';
import { objectsOfKinds } from '../../kinds';
import { autoscalers } from '../../replicas';
import type { Rule } from '../../rule';

/** Two autoscalers of one workload undo each other's changes. */
export const rule: Rule = {
  id: 'autoscalers/overlap',
  title: 'a workload has at most one HorizontalPodAutoscaler or ScaledObject',
  severity: 'error',
  why: 'Each autoscaler sets the replicas from its own metrics, so the workload is scaled up and down in turns.',
  source: 'https://keda.sh/docs/latest/concepts/scaling-deployments/',
  bad: `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: cpu }
spec: { scaleTargetRef: { kind: StatefulSet, name: web }, maxReplicas: 5 }
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: queue }
spec: { scaleTargetRef: { kind: StatefulSet, name: web }, triggers: [] }
`,
  good: `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: cpu }
spec: { scaleTargetRef: { kind: StatefulSet, name: web }, maxReplicas: 5 }
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: queue }
spec: { scaleTargetRef: { kind: Deployment, name: web }, triggers: [] }
`,
  check: ({ inventory }, report) => {
    const scalers = objectsOfKinds(inventory, isAutoscaler);
    // nearly always, each has a workload of its own
    if (scalers.length === autoscalers(inventory).size || inventory.duplicates.length > 0) {
      return;
    }
    const targets = new Map<string, InventoryObject>();
    for (const scaler of scalers) {
      const target = scaleTargetOf(scaler.manifest);
      if (!target) {
        continue;
      }
      const key = `${scaler.namespace}/${target.kind}/${target.name}`;
      const first = targets.get(key);
      if (first && !takesOver(first, scaler) && !takesOver(scaler, first)) {
        report(scaler, {
          message: `${title(scaler)} and ${title(first)} both scale ${target.kind} '${target.name}'`,
          field: 'spec.scaleTargetRef',
          fix: 'keep one of the two autoscalers',
        });
      }
      targets.set(key, first ?? scaler);
    }
  },
};

/** A ScaledObject that adopts an existing HorizontalPodAutoscaler, by its name. */
function takesOver({ manifest }: InventoryObject, other: InventoryObject): boolean {
  const advanced = manifest.spec?.advanced as { horizontalPodAutoscalerConfig?: { name?: unknown } } | undefined;
  return (
    manifest.metadata.annotations?.['scaledobject.keda.sh/transfer-hpa-ownership'] === 'true' &&
    advanced?.horizontalPodAutoscalerConfig?.name === other.manifest.metadata.name
  );
}
