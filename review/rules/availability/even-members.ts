import { dataStoreOf } from '../../../kube/data-stores';
import { title } from '../../../kube/inventory';
import { knowEachOther, majorityOf, membersOf } from '../../members';
import type { Rule } from '../../rule';

/** Larger sets are sharded, and have no quorum of all members. */
const MOST = 4;

/** An even number of members, which survives no more losses than one less. */
export const rule: Rule = {
  id: 'availability/even-members',
  title: 'members that elect a leader are an odd number',
  severity: 'advice',
  why: 'Two members survive the loss of none, and four that of one, as three do: the majority of an even number is one more. This does not matter for members that only copy from one of them.',
  source: 'https://etcd.io/docs/latest/faq/#why-an-odd-number-of-cluster-members',
  bad: members(4),
  good: members(3),
  check: ({ inventory }, report) => {
    for (const pod of inventory.pods) {
      const count = membersOf(inventory, pod);
      const even = count > 0 && count <= MOST && count % 2 === 0;
      if (even && dataStoreOf(pod)?.elects !== false && knowEachOther(inventory, pod)) {
        report(pod, {
          message: `${title(pod)} has ${count} members, of which ${majorityOf(count)} are the majority, so ${count - majorityOf(count)} can be lost, as of one member less`,
          fix: `write replicas: ${count + 1}, if the members elect a leader by a majority`,
          field: 'spec.replicas',
        });
      }
    }
  },
};

function members(replicas: number): string {
  return `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  replicas: ${replicas}
  serviceName: db
  podManagementPolicy: Parallel
  selector: { matchLabels: { app: db } }
  template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: db, image: db:1 }] } }
---
apiVersion: v1
kind: Service
metadata: { name: db }
spec: { clusterIP: None, selector: { app: db }, ports: [{ port: 5432 }] }
`;
}
