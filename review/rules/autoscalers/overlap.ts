import { scaleTargetOf } from '../../../kube/autoscalers';
import { type InventoryObject, title } from '../../../kube/inventory';
import type { Rule } from '../../rule';

/** Two autoscalers of one workload undo each other's changes. */
export const rule: Rule = {
  id: 'autoscalers/overlap',
  title: 'a workload has at most one HorizontalPodAutoscaler or ScaledObject',
  severity: 'error',
  why: 'Each autoscaler sets the replicas that it computes, and undoes what the other one has set. The number of pods goes up and down without end.',
  source: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  bad: `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: by-cpu, namespace: shop }
spec:
  maxReplicas: 5
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: by-queue, namespace: shop }
spec:
  maxReplicas: 5
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
`,
  good: `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec:
  maxReplicas: 5
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api, namespace: shop }
spec:
  maxReplicas: 5
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api }
`,
  check: ({ inventory }, report) => {
    if (inventory.duplicates.length > 0) {
      return;
    }
    const targets = new Map<string, InventoryObject>();
    for (const scaler of inventory.objects) {
      const target = scaleTargetOf(scaler.manifest);
      if (!target) {
        continue;
      }
      const key = `${scaler.namespace}/${target.kind}/${target.name}`;
      const first = targets.get(key);
      if (first) {
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
