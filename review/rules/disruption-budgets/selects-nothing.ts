import { title } from '../../../kube/inventory';
import { budgets } from '../../budgets';
import { nothingSelected } from '../../nothing-selected';
import type { Rule } from '../../rule';

/** A budget without pods protects nothing. */
export const rule: Rule = {
  id: 'disruption-budgets/selects-nothing',
  title: 'the selector of a PodDisruptionBudget selects pods',
  severity: 'warning',
  why: 'A budget whose selector matches no pods, or that has no selector, protects nothing: a drain may evict all pods of the workload at once.',
  source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: web:1 }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec: { minAvailable: 1, selector: { matchLabels: { app: wbe } } }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: web:1 }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec: { minAvailable: 0, selector: {} }
`,
  check: (input, report) => {
    for (const { object: budget, selector, pods } of budgets(input.inventory)) {
      if (pods.length > 0) {
        continue;
      }
      const problem = selector
        ? nothingSelected(input, budget.namespace, selector, () => title(budget))
        : {
            message: `${title(budget)} has no selector, which selects no pods`,
            fix: 'select the pods by their labels, or write selector: {} for all pods of the namespace',
          };
      if (problem) {
        report(budget, { ...problem, field: 'spec.selector' });
      }
    }
  },
};
