import { type InventoryObject, ofKindsInOrder, title } from '../../../kube/inventory';
import { MANAGED_BY, NAME_LABEL } from '../../../kube/labels';
import { hasPodTemplate, podTemplates } from '../../../kube/pod-templates';
import type { Rule } from '../../rule';

/** Two workloads of one name, whatever their kinds, would share their selector. */
export const rule: Rule = {
  id: 'workloads/same-name',
  title: 'workloads of one namespace have different names, whatever their kinds',
  severity: 'error',
  why: 'The patterns select pods by their name alone. Two workloads of one name share their selector, service account and network policy, so each acts on the pods of the other.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  labels: { app.kubernetes.io/managed-by: cdk8s-eks-patterns, app.kubernetes.io/name: web }
spec:
  selector: { matchLabels: { app.kubernetes.io/name: web, part: Deployment } }
  template:
    metadata: { labels: { app.kubernetes.io/name: web, part: Deployment } }
    spec: { containers: [] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web-set
  namespace: shop
  labels: { app.kubernetes.io/managed-by: cdk8s-eks-patterns, app.kubernetes.io/name: web }
spec:
  selector: { matchLabels: { app.kubernetes.io/name: web, part: StatefulSet } }
  template:
    metadata: { labels: { app.kubernetes.io/name: web, part: StatefulSet } }
    spec: { containers: [] }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  labels: { app.kubernetes.io/managed-by: cdk8s-eks-patterns, app.kubernetes.io/name: web }
spec:
  selector: { matchLabels: { app.kubernetes.io/name: web, part: Deployment } }
  template:
    metadata: { labels: { app.kubernetes.io/name: web, part: Deployment } }
    spec: { containers: [] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: store
  namespace: shop
  labels: { app.kubernetes.io/managed-by: cdk8s-eks-patterns, app.kubernetes.io/name: store }
spec:
  selector: { matchLabels: { app.kubernetes.io/name: store, part: StatefulSet } }
  template:
    metadata: { labels: { app.kubernetes.io/name: store, part: StatefulSet } }
    spec: { containers: [] }
`,
  check: ({ inventory }, report) => {
    if (inventory.duplicates.length > 0) {
      return;
    }
    const seen = new Map<string, InventoryObject>();
    for (const object of ofKindsInOrder(inventory, hasPodTemplate)) {
      const { kind, metadata } = object.manifest;
      if (
        metadata.labels?.['app.kubernetes.io/managed-by'] !== MANAGED_BY ||
        podTemplates(object.manifest).length === 0
      ) {
        continue;
      }
      const name = metadata.labels[NAME_LABEL];
      const key = `${object.namespace}/${name}`;
      const first = seen.get(key);
      if (first && first.manifest.kind !== kind) {
        report(object, {
          message: `the name '${name}' is used by ${title(first)} too, so both have the same selector and service account`,
          field: 'metadata.name',
          fix: 'give one of them another id',
        });
      }
      seen.set(key, first ?? object);
    }
  },
};
