import type { LabelSelector } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { workloadKind } from '../../../kube/workload-kinds';
import { workloadsIn } from '../../kinds';
import type { Rule } from '../../rule';
import { SelectablePods } from '../../selection';

/** Controllers that select each other's pods fight over them. */
export const rule: Rule = {
  id: 'selectors/overlap',
  title: 'the selector of a controller selects its own pods only',
  severity: 'error',
  why: 'Controllers that select the same pods count and delete those of each other: one of them scales down what the other has made.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web:1 }] } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: debug }
spec:
  selector: { matchLabels: { app: web, debug: 'yes' } }
  template: { metadata: { labels: { app: web, debug: 'yes' } }, spec: { containers: [{ name: web, image: web:1 }] } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web:1 }] } }
---
apiVersion: v1
kind: Pod
metadata: { name: debug, labels: { app: web, debug: 'yes' } }
spec: { containers: [{ name: web, image: web:1 }] }
`,
  check: ({ inventory }, report) => {
    // two objects of one name would be reported once more for everything that they share
    if (inventory.duplicates.length > 0) {
      return;
    }
    const pods = SelectablePods.of(inventory);
    for (const object of workloadsIn(inventory).filter(({ manifest }) => workloadKind(manifest)?.selects)) {
      const selector = (object.manifest.spec?.selector ?? {}) as LabelSelector;
      // an empty one is refused: selectors/template
      if (Object.keys(selector.matchLabels ?? {}).length === 0 && !selector.matchExpressions?.length) {
        continue;
      }
      for (const other of pods.selectedBy(selector, object.namespace)) {
        // the ReplicaSets of a Deployment also select by pod-template-hash, so they never adopt a pod that stands alone
        const isAdopted = object.manifest.kind !== 'Deployment' || other.manifest.kind !== 'Pod';
        if (other.manifest !== object.manifest && isAdopted) {
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
