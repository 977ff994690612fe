import { title } from '../../../kube/inventory';
import { budgets } from '../../budgets';
import { knowEachOther, membersOf, QUORUM } from '../../members';
import type { Rule } from '../../rule';

/** Members that recover are not ready, and yet their data may be the last copy. */
export const rule: Rule = {
  id: 'disruption-budgets/unready-members',
  title: 'members of a set that are not ready are protected by its budget',
  severity: 'advice',
  why: 'With unhealthyPodEvictionPolicy AlwaysAllow a drain may evict every member that is not ready, also those that recover. While two of three members resynchronize, an upgrade of nodes can stop both, and the set loses its majority.',
  source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy',
  bad: `
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
spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow, selector: { matchLabels: { app: db } } }
`,
  good: `
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
spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: IfHealthyBudget, selector: { matchLabels: { app: db } } }
`,
  check: ({ inventory }, report) => {
    for (const { object: budget, pods } of budgets(inventory)) {
      const set =
        budget.manifest.spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow'
          ? pods.find((pod) => membersOf(inventory, pod) >= QUORUM)
          : undefined;
      if (set) {
        report(budget, {
          message: `${title(budget)} lets members of ${title(set)} be evicted that are not ready, even while they recover`,
          field: 'spec.unhealthyPodEvictionPolicy',
          fix: "write 'IfHealthyBudget', so that members are evicted only while enough of the others are ready",
          severity: knowEachOther(inventory, set) ? 'warning' : 'advice',
        });
      }
    }
  },
};
