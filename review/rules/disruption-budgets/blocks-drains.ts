import { entryOf } from '../../../kube/collections';
import { allowedDisruptions } from '../../../kube/disruption';
import { type Inventory, type PodObject, title } from '../../../kube/inventory';
import { budgets } from '../../budgets';
import { autoscalers, replicasOf } from '../../replicas';
import type { Rule } from '../../rule';
import { selectedPods } from '../../selection';

/** A budget that never allows an eviction stops drains and upgrades of nodes. */
export const rule: Rule = {
  id: 'disruption-budgets/blocks-drains',
  title: 'a PodDisruptionBudget lets at least one pod be evicted',
  severity: 'warning',
  why: 'Where a budget allows no eviction although all pods are healthy, no node with these pods can be drained: an upgrade of a managed node group fails after 15 minutes with PodEvictionFailure, and Karpenter keeps the node. Kubernetes rounds percentages up.',
  source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web:1 }] } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { minAvailable: 75%, selector: { matchLabels: { app: web } } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web:1 }] } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { minAvailable: 50%, selector: { matchLabels: { app: web } } }
`,
  check: ({ inventory }, report) => {
    // budgets with equal selectors have one list of workloads
    const known = new Map<readonly PodObject[], number>();
    for (const { object: budget, bounds, selector, pods: selected } of budgets(inventory)) {
      const field = bounds.maxUnavailable === undefined ? 'minAvailable' : 'maxUnavailable';
      const workloads =
        selector && selected.length === 0 ? selectedPods(inventory, selector, budget.namespace) : selected;
      const pods =
        workloads.length < 2
          ? podsOf(inventory, workloads)
          : entryOf(known, workloads, () => podsOf(inventory, workloads));
      if (pods === 0 || allowedDisruptions(bounds, pods) !== 0) {
        continue;
      }
      const scaled = workloads.some((workload) => autoscalers(inventory).of(workload) !== undefined);
      report(budget, {
        message: `${title(budget)} with ${field} ${bounds[field]} lets none of ${pods === 1 ? 'its one pod' : `its ${pods} pods`} be evicted (${workloads.map(title).slice(0, 3).join(', ')}${scaled ? ', at the minimum of the autoscaler' : ''})`,
        field: `spec.${field}`,
        fix:
          pods === 1
            ? `write maxUnavailable: 1 instead, or run two pods or more${scaled ? ' at the minimum' : ''}`
            : `write maxUnavailable: 1 instead, or keep fewer than ${pods} pods`,
      });
    }
  },
};

/** The fewest pods that workloads have together; 0 where it is not known. */
function podsOf(inventory: Inventory, workloads: readonly PodObject[]): number {
  let sum = 0;
  for (const workload of workloads) {
    sum += replicasOf(inventory, workload)?.min ?? Number.NaN;
  }
  return sum || 0;
}
