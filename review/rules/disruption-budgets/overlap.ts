import { type InventoryObject, title } from '../../../kube/inventory';
import { budgets } from '../../budgets';
import type { Rule } from '../../rule';
import { SelectablePods } from '../../selection';

/** The eviction API refuses to evict a pod that two budgets select. */
export const rule: Rule = {
  id: 'disruption-budgets/overlap',
  title: 'a pod has at most one PodDisruptionBudget',
  severity: 'error',
  why: 'The eviction API refuses to evict a pod that more than one budget selects, so no node with such a pod can be drained.',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/disruptions/',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web, tier: front } }
spec: { containers: [{ name: web, image: web:1 }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { minAvailable: 0, selector: { matchLabels: { app: web } } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: front }
spec: { minAvailable: 0, selector: { matchLabels: { tier: front } } }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: web:1 }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { minAvailable: 0, selector: { matchLabels: { app: web } } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: front }
spec: { minAvailable: 0, selector: { matchLabels: { tier: front } } }
`,
  check: ({ inventory }, report) => {
    const known = new Map<object, InventoryObject>();
    for (const { object: budget, selector, pods } of budgets(inventory)) {
      for (const workload of selector ? pods : SelectablePods.of(inventory).in(budget.namespace)) {
        const first = known.get(workload.manifest);
        // two objects of one name would be reported once more for everything that they share
        if (first && inventory.duplicates.length === 0) {
          report(budget, {
            message: `${title(budget)} and ${title(first)} both select the pods of ${title(workload)}, which then cannot be evicted`,
            field: 'spec.selector',
            fix: 'keep one of the two budgets',
          });
        }
        known.set(workload.manifest, first ?? budget);
      }
    }
  },
};
