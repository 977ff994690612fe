import type { LabelSelector } from '../../../imports/kubernetes';
import { type InventoryObject, title } from '../../../kube/inventory';
import type { Rule } from '../../rule';
import { SelectablePods } from '../../selectable-pods';

/** The eviction API refuses to evict a pod that two budgets select. */
export const rule: Rule = {
  id: 'disruption-budgets/overlap',
  title: 'a pod has at most one PodDisruptionBudget',
  severity: 'error',
  why: 'The eviction API refuses to evict a pod that two budgets select. Nodes with such a pod cannot be drained, so upgrades of node groups stop.',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/disruptions/',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, image: "example.com/web:1.4" }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec:
  maxUnavailable: 1
  selector: { matchLabels: { app: web } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: all, namespace: shop }
spec:
  maxUnavailable: 1
  selector: { matchLabels: { app: web } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, image: "example.com/web:1.4" }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec:
  maxUnavailable: 1
  selector: { matchLabels: { app: web } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: api, namespace: shop }
spec:
  maxUnavailable: 1
  selector: { matchLabels: { app: api } }
`,
  check: ({ inventory }, report) => {
    if (inventory.duplicates.length > 0) {
      return;
    }
    const pods = SelectablePods.of(inventory);
    const budgets = new Map<object, InventoryObject>();
    for (const budget of inventory.ofKind('PodDisruptionBudget')) {
      const selector = (budget.manifest.spec?.selector ?? {}) as LabelSelector;
      for (const workload of pods.selectedBy(selector, budget.namespace)) {
        const first = budgets.get(workload.manifest);
        if (first) {
          report(budget, {
            message: `${title(budget)} and ${title(first)} both select the pods of ${title(workload)}, which then cannot be evicted`,
            field: 'spec.selector',
            fix: 'keep one of the two budgets',
          });
        }
        budgets.set(workload.manifest, first ?? budget);
      }
    }
  },
};
