import type { LabelSelector } from '../../../imports/kubernetes';
import { entryOf } from '../../../kube/collections';
import { allowedDisruptions, disruptionBounds } from '../../../kube/disruption';
import { type Inventory, type PodObject, title } from '../../../kube/inventory';
import { autoscalers, replicasOf, workloadKey } from '../../replicas';
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
    const known = new Map<readonly PodObject[], Counted>();
    for (const budget of inventory.ofKind('PodDisruptionBudget', 'policy')) {
      const bounds = disruptionBounds(budget.manifest);
      const field = bounds.maxUnavailable === undefined ? 'minAvailable' : 'maxUnavailable';
      const selector = budget.manifest.spec?.selector as LabelSelector | undefined;
      const workloads = selector ? selectedPods(inventory, selector, budget.namespace) : [];
      const { pods, scaled } = entryOf(known, workloads, () => countedIn(inventory, workloads));
      if (pods === 0 || allowedDisruptions(bounds, pods) !== 0) {
        continue;
      }
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

interface Counted {
  /** The fewest that the workloads have together; 0 where it is not known. */
  readonly pods: number;
  readonly scaled: boolean;
}

function countedIn(inventory: Inventory, workloads: readonly PodObject[]): Counted {
  const replicas = workloads.map((workload) => replicasOf(inventory, workload)?.min);
  return {
    pods: replicas.reduce<number>((sum, min) => sum + (min ?? Number.NaN), 0) || 0,
    scaled: workloads.some((workload) => autoscalers(inventory).has(workloadKey(workload))),
  };
}
