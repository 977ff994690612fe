import { scaleTargetOf } from '../../../kube/autoscalers';
import { ofKindsInOrder, title } from '../../../kube/inventory';
import { autoscalers } from '../../replicas';
import type { Rule } from '../../rule';

/** Each apply sets the replicas back that the autoscaler has chosen. */
export const rule: Rule = {
  id: 'autoscalers/fixed-replicas',
  title: 'a workload with an autoscaler has no spec.replicas',
  severity: 'error',
  why: 'Every apply sets spec.replicas again and stops the pods that the autoscaler has added, until it scales up anew.',
  source:
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { replicas: 4, selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } } } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, minReplicas: 2, maxReplicas: 8 }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } } } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, minReplicas: 2, maxReplicas: 8 }
`,
  check: ({ inventory }, report) => {
    const scaled = autoscalers(inventory);
    if (scaled.size === 0) {
      return;
    }
    const kinds = new Set<string>();
    for (const { object } of scaled.values()) {
      kinds.add(scaleTargetOf(object.manifest)!.kind);
    }
    for (const object of ofKindsInOrder(inventory, ({ kind }) => kinds.has(kind))) {
      const replicas = object.manifest.spec?.replicas;
      const autoscaler = typeof replicas === 'number' ? scaled.of(object) : undefined;
      if (!autoscaler) {
        continue;
      }
      // zero switches a HorizontalPodAutoscaler off, and bounds that are equal never move
      const { min, max } = autoscaler.bounds ?? {};
      if (replicas === 0 || (min === replicas && max === replicas)) {
        continue;
      }
      report(object, {
        message: `${title(object)} has spec.replicas ${replicas}, which ${title(autoscaler.object)} changes too`,
        field: 'spec.replicas',
        fix: "leave spec.replicas out, or remove the autoscaler; a pattern's own is written by replicas: { min, max }",
      });
    }
  },
};
