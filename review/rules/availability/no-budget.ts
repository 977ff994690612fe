import { type PodObject, title } from '../../../kube/inventory';
import { budgets } from '../../budgets';
import { knowEachOther, QUORUM } from '../../members';
import { replicasOf } from '../../replicas';
import type { Rule } from '../../rule';

/** Without a budget a drain may evict all pods at once. */
export const rule: Rule = {
  id: 'availability/no-budget',
  title: 'a workload with several pods has a PodDisruptionBudget',
  severity: 'advice',
  why: 'An upgrade drains nodes at the same time. Without a budget it may evict all pods of a workload before new ones are ready.',
  source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web:1 }] } }
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
metadata: { name: all }
spec: { maxUnavailable: 1, selector: {} }
`,
  check: ({ inventory }, report) => {
    const budgeted = new Set<PodObject>();
    for (const { pods } of budgets(inventory)) {
      for (const pod of pods) {
        budgeted.add(pod);
      }
    }
    for (const pod of inventory.pods) {
      const most = budgeted.has(pod) ? 0 : (replicasOf(inventory, pod)?.max ?? 0);
      if (most > 1) {
        const members = pod.manifest.kind === 'StatefulSet' && most >= QUORUM && knowEachOther(inventory, pod);
        report(pod, {
          // a set that replicates loses its majority, and with it often its data
          ...(members ? { severity: 'warning' } : {}),
          message: `${title(pod)} with up to ${most} pods must have a PodDisruptionBudget, but none selects its pods`,
          fix: 'create a PodDisruptionBudget with maxUnavailable: 1 for its labels',
        });
      }
    }
  },
};
