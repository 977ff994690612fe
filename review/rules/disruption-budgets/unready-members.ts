import type { LabelSelector, NetworkPolicySpec } from '../../../imports/kubernetes';
import { type PodObject, title } from '../../../kube/inventory';
import { selects } from '../../../kube/objects';
import { policiesOfPods } from '../../pod-policies';
import { replicasOf } from '../../replicas';
import type { ReviewInput, Rule } from '../../rule';
import { SelectablePods } from '../../selectable-pods';
import { servicesOfPods } from '../../services';

/** The fewest members of which more than half can be lost one by one. */
const QUORUM = 3;

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
  check: (input, report) => {
    const { inventory } = input;
    for (const budget of inventory.ofKind('PodDisruptionBudget', 'policy')) {
      const { unhealthyPodEvictionPolicy, selector } = budget.manifest.spec ?? {};
      if (unhealthyPodEvictionPolicy !== 'AlwaysAllow' || !selector) {
        continue;
      }
      const set = SelectablePods.of(inventory)
        .selectedBy(selector as LabelSelector, budget.namespace)
        .find((pod) => pod.manifest.kind === 'StatefulSet' && (replicasOf(inventory, pod)?.max ?? 0) >= QUORUM);
      if (set) {
        report(budget, {
          message: `${title(budget)} lets members of ${title(set)} be evicted that are not ready, even while they recover`,
          field: 'spec.unhealthyPodEvictionPolicy',
          fix: "write 'IfHealthyBudget', so that members are evicted only while enough of the others are ready",
          severity: knowEachOther(input, set) ? 'warning' : 'advice',
        });
      }
    }
  },
};

/** Signs that members replicate to one another: they find each other before they are ready, start at once, or may call each other. */
function knowEachOther({ inventory }: ReviewInput, set: PodObject): boolean {
  const { podManagementPolicy } = set.manifest.spec ?? {};
  const policies = policiesOfPods(inventory).get(set.manifest) ?? [];
  return (
    podManagementPolicy === 'Parallel' ||
    (servicesOfPods(inventory).get(set.manifest) ?? []).some(({ unready }) => unready) ||
    policies.some(({ manifest }) => fromThemselves(manifest.spec as NetworkPolicySpec | undefined, set.labels))
  );
}

function fromThemselves({ ingress = [] }: Partial<NetworkPolicySpec> = {}, labels: PodObject['labels']): boolean {
  return ingress.some(({ from = [] }) =>
    from.some(
      ({ podSelector, namespaceSelector }) =>
        podSelector &&
        !namespaceSelector &&
        Object.keys(podSelector.matchLabels ?? {}).length > 0 &&
        selects(podSelector, labels),
    ),
  );
}
