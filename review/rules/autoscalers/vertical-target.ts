import { title } from '../../../kube/inventory';
import { isVerticalAutoscaler, verticalTargetOf } from '../../../kube/vertical-autoscalers';
import type { Rule } from '../../rule';
import { knowledgeOf } from '../../selection';

/** Of HorizontalPodAutoscalers and ScaledObjects `references/missing` says the same. */
export const rule: Rule = {
  id: 'autoscalers/vertical-target',
  title: 'the target of a VerticalPodAutoscaler is in the set',
  severity: 'warning',
  why: 'A VerticalPodAutoscaler without its target recommends and changes nothing.',
  source: 'https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [] } } }
---
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: { name: web, namespace: shop }
spec: { targetRef: { apiVersion: apps/v1, kind: Deployment, name: wbe } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [] } } }
---
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: { name: web, namespace: shop }
spec: { targetRef: { apiVersion: apps/v1, kind: Deployment, name: web } }
`,
  check: (input, report) => {
    const { inventory, existing } = input;
    const verticals = inventory
      .ofKind('VerticalPodAutoscaler', 'autoscaling.k8s.io')
      .filter(({ manifest }) => isVerticalAutoscaler(manifest));
    if (verticals.length === 0) {
      return;
    }
    const known = new Set([
      ...inventory.objects.map(({ manifest, namespace }) => `${namespace}/${manifest.kind}/${manifest.metadata.name}`),
      ...existing.map(({ kind, namespace, name }) => `${namespace}/${kind}/${name}`),
    ]);
    for (const vertical of verticals) {
      const target = verticalTargetOf(vertical.manifest);
      if (
        target &&
        !known.has(`${vertical.namespace}/${target.kind}/${target.name}`) &&
        knowledgeOf(input, vertical.namespace)
      ) {
        report(vertical, {
          message: `${title(vertical)} resizes ${target.kind} '${target.name}', which is not in namespace '${vertical.namespace}'`,
          field: 'spec.targetRef',
          fix: 'write the kind and name of a workload of its namespace',
        });
      }
    }
  },
};
