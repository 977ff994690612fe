import type { InventoryObject } from '../../../kube/inventory';
import { title } from '../../../kube/inventory';
import { isVerticalAutoscaler, resizedBy, scaledOn, verticalTargetOf } from '../../../kube/vertical-autoscalers';
import { autoscalers } from '../../replicas';
import type { Rule } from '../../rule';

/** One autoscaler changes the requests by which the other measures. */
export const rule: Rule = {
  id: 'autoscalers/vertical-overlap',
  title: 'a resource is followed by a vertical or a horizontal autoscaler, not by both',
  severity: 'warning',
  why: 'A HorizontalPodAutoscaler measures use as a share of the requests that a VerticalPodAutoscaler changes: the two work against each other. Of two VerticalPodAutoscalers over the same pods it is undefined which one wins.',
  source: 'https://github.com/kubernetes/autoscaler/blob/master/vertical-pod-autoscaler/docs/known-limitations.md',
  bad: `
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: { name: web }
spec: { targetRef: { apiVersion: apps/v1, kind: Deployment, name: web } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  maxReplicas: 5
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
`,
  good: `
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: { name: web }
spec:
  targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  resourcePolicy: { containerPolicies: [{ containerName: '*', controlledResources: [memory] }] }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  maxReplicas: 5
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
`,
  check: ({ inventory }, report) => {
    const seen = new Map<string, InventoryObject>();
    for (const vertical of inventory
      .ofKind('VerticalPodAutoscaler', 'autoscaling.k8s.io')
      .filter(({ manifest }) => isVerticalAutoscaler(manifest))) {
      const target = verticalTargetOf(vertical.manifest);
      const resized = resizedBy(vertical.manifest);
      if (!target || resized.size === 0) {
        continue;
      }
      const key = `${vertical.namespace}/${target.kind}/${target.name}`;
      const first = seen.get(key);
      seen.set(key, first ?? vertical);
      if (first && first.manifest.metadata.name !== vertical.manifest.metadata.name) {
        report(vertical, {
          message: `${title(vertical)} and ${title(first)} both resize ${target.kind} '${target.name}'`,
          field: 'spec.targetRef',
          fix: 'keep one of the two, with a policy for each container',
        });
        continue;
      }
      const horizontal = autoscalers(inventory).scaling(vertical.namespace, target)?.object;
      const both = horizontal ? [...scaledOn(horizontal.manifest)].filter((resource) => resized.has(resource)) : [];
      if (horizontal && both.length > 0) {
        report(vertical, {
          message: `${title(vertical)} changes the requests of ${both.join(' and ')} by which ${title(horizontal)} scales ${target.kind} '${target.name}'`,
          field: 'spec.targetRef',
          fix: `leave ${both.join(' and ')} out of controlledResources, scale on another metric, or write updateMode: 'Off' for recommendations only`,
        });
      }
    }
  },
};
