import type { LabelSelector } from '../../../imports/kubernetes';
import { disruptionBounds, isShare } from '../../../kube/disruption';
import { title } from '../../../kube/inventory';
import type { Rule } from '../../rule';
import { SelectablePods } from '../../selection';

/** The disruption controller knows no number of replicas of these pods. */
export const rule: Rule = {
  id: 'disruption-budgets/no-scale',
  title: 'a budget over pods without replicas has minAvailable as a number',
  severity: 'warning',
  why: 'maxUnavailable and percentages are counted from the replicas of the controller. Jobs, DaemonSets and single pods have none: the disruption controller cannot count, and allows no eviction.',
  source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: web:1 }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }
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
spec: { minAvailable: 1, selector: { matchLabels: { app: web } } }
`,
  check: ({ inventory }, report) => {
    const pods = SelectablePods.of(inventory);
    for (const budget of inventory.ofKind('PodDisruptionBudget', 'policy')) {
      const { spec = {} } = budget.manifest;
      const bounds = disruptionBounds(budget.manifest);
      const selector = spec.selector as LabelSelector | undefined;
      if (!selector || !isShare(bounds)) {
        continue;
      }
      const without = pods.selectedBy(selector, budget.namespace).filter(({ workload }) => !workload?.scaled);
      if (without.length > 0) {
        const field = bounds.maxUnavailable === undefined ? 'minAvailable' : 'maxUnavailable';
        report(budget, {
          message: `${title(budget)} has ${field} ${bounds[field]}, but ${title(without[0]!)}${without.length > 1 ? ` and ${without.length - 1} more` : ''} has no replicas to count it from`,
          field: `spec.${field}`,
          fix: 'write minAvailable as a number, or select pods of Deployments and StatefulSets only',
        });
      }
    }
  },
};
