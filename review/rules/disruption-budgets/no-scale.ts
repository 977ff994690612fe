import { isShare } from '../../../kube/disruption';
import { type PodObject, title } from '../../../kube/inventory';
import { budgets } from '../../budgets';
import type { Rule } from '../../rule';

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
    for (const { object: budget, bounds, pods } of budgets(inventory)) {
      if (!isShare(bounds) || pods.every(isScaled)) {
        continue;
      }
      const without = pods.filter((pod) => !isScaled(pod));
      const field = bounds.maxUnavailable === undefined ? 'minAvailable' : 'maxUnavailable';
      report(budget, {
        message: `${title(budget)} has ${field} ${bounds[field]}, but ${title(without[0]!)}${without.length > 1 ? ` and ${without.length - 1} more` : ''} has no replicas to count it from`,
        field: `spec.${field}`,
        fix: 'write minAvailable as a number, or select pods of Deployments and StatefulSets only',
      });
    }
  },
};

const isScaled = ({ workload }: PodObject): boolean => Boolean(workload?.scaled);
