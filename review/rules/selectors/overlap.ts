import type { LabelSelector } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { workloadKind } from '../../../kube/workload-kinds';
import type { Rule } from '../../rule';
import { SelectablePods } from '../../selectable-pods';

/** Controllers that select each other's pods fight over them. */
export const rule: Rule = {
  id: 'selectors/overlap',
  title: 'the selector of a controller selects its own pods only',
  severity: 'error',
  why: "A controller counts every pod that its selector matches as its own. Two controllers that match the same pods delete and replace each other's pods without end.",
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      containers:
        - { name: web, image: "example.com/web:1.4" }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      containers:
        - { name: api, image: "example.com/api:1.4" }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, image: "example.com/web:1.4" }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      containers:
        - { name: api, image: "example.com/api:1.4" }
`,
  check: ({ inventory }, report) => {
    // two objects of one name would be reported once more for everything that they share
    if (inventory.duplicates.length > 0) {
      return;
    }
    const pods = SelectablePods.of(inventory);
    for (const object of inventory.objects.filter(({ manifest }) => workloadKind(manifest)?.selects)) {
      const selector = (object.manifest.spec?.selector ?? {}) as LabelSelector;
      for (const other of pods.selectedBy(selector, object.namespace)) {
        if (other.manifest !== object.manifest) {
          report(object, {
            message: `the selector of ${title(object)} also selects the pods of ${title(other)}`,
            field: 'spec.selector',
            fix: 'give the selector a label that only its own pods have',
          });
        }
      }
    }
  },
};
