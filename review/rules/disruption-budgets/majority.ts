import { allowedDisruptions } from '../../../kube/disruption';
import { title } from '../../../kube/inventory';
import { budgets } from '../../budgets';
import { knowEachOther, majorityOf, membersOf, QUORUM } from '../../members';
import type { Rule } from '../../rule';

/** A budget under which a set of members may lose its majority. */
export const rule: Rule = {
  id: 'disruption-budgets/majority',
  title: 'the budget of a set whose members replicate keeps more than half of them',
  severity: 'warning',
  why: 'Members that elect a leader need a majority: two of three, three of four. A budget that lets more of them go at once lets one upgrade of the nodes stop the whole set.',
  source:
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#think-about-how-your-application-reacts-to-disruptions',
  bad: members('maxUnavailable: 2'),
  good: members('maxUnavailable: 1'),
  check: ({ inventory }, report) => {
    for (const { object: budget, bounds, pods } of budgets(inventory)) {
      const [set] = pods;
      // a budget over several workloads counts them together
      const count = set ? membersOf(inventory, set) : 0;
      if (!set || pods.length > 1 || count < QUORUM) {
        continue;
      }
      const lost = allowedDisruptions(bounds, count) ?? 0;
      const most = count - majorityOf(count);
      if (lost > most && knowEachOther(inventory, set)) {
        report(budget, {
          message: `${title(budget)} lets ${lost} of the ${count} members of ${title(set)} be evicted at once, and ${majorityOf(count)} are their majority`,
          fix: `write maxUnavailable: ${most === 1 ? 1 : `1, or at most ${most}`} (by a pattern: disruption: { maxUnavailable: 1 })`,
          field: budget.manifest.spec?.maxUnavailable === undefined ? 'spec.minAvailable' : 'spec.maxUnavailable',
        });
      }
    }
  },
};

function members(bound: string): string {
  return `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  replicas: 3
  serviceName: db
  podManagementPolicy: Parallel
  selector: { matchLabels: { app: db } }
  template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: db, image: db:1 }] } }
---
apiVersion: v1
kind: Service
metadata: { name: db }
spec: { clusterIP: None, selector: { app: db }, ports: [{ port: 5432 }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: db }
spec: { ${bound}, selector: { matchLabels: { app: db } } }
`;
}
