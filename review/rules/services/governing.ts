import { title } from '../../../kube/inventory';
import type { Rule } from '../../rule';
import { servicesByName } from '../../services';

/** The members of a set get their names in DNS from this Service. */
export const rule: Rule = {
  id: 'services/governing',
  title: 'the Service of a StatefulSet is headless and selects its pods',
  severity: 'warning',
  why: 'Members get their DNS names (db-0.db) from the Service that serviceName names, if it is headless and selects them. Otherwise the names do not resolve, and members do not find each other.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id',
  bad: `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: db, image: db:1 }] } }
---
apiVersion: v1
kind: Service
metadata: { name: db }
spec: { clusterIP: None, selector: { app: database } }
`,
  good: `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: db, image: db:1 }] } }
---
apiVersion: v1
kind: Service
metadata: { name: db }
spec: { clusterIP: None, selector: { app: db } }
`,
  check: ({ inventory }, report) => {
    for (const set of inventory.pods.filter(({ manifest }) => manifest.kind === 'StatefulSet')) {
      const name = set.manifest.spec?.serviceName;
      const service = servicesByName(inventory).named(set.namespace, `${name}`);
      if (!service) {
        continue;
      }
      const selects = service.pods.some(({ manifest }) => manifest === set.manifest);
      if (service.selector && !selects) {
        report(set, {
          message: `spec.serviceName of ${title(set)} must name a Service that selects its pods, but ${title(service)} does not`,
          field: 'spec.serviceName',
          fix: 'give the selector of the Service the labels of the pods',
        });
      } else if (service.selector && service.manifest.spec?.clusterIP !== 'None') {
        report(set, {
          message: `spec.serviceName of ${title(set)} must name a headless Service, but ${title(service)} has an address of its own`,
          field: 'spec.serviceName',
          fix: "write clusterIP: 'None' in a Service for the members; for callers another may be there",
          severity: 'advice',
        });
      }
    }
  },
};
