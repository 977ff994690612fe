import { title } from '../../../kube/inventory';
import { utilizationOf } from '../../../kube/vertical-autoscalers';
import { containersWithout } from '../../container-defaults';
import { autoscalers, workloadKey } from '../../replicas';
import type { Rule } from '../../rule';

/** Utilization is a share of the requests. */
export const rule: Rule = {
  id: 'autoscalers/requests',
  title: 'containers request the resource by whose utilization they are scaled',
  severity: 'warning',
  why: 'Utilization is a share of what the containers request. While one of them requests nothing, the HorizontalPodAutoscaler reports FailedGetResourceMetric and does not scale.',
  source:
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web:1 }] } }
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
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web:1 }] } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  maxReplicas: 5
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: AverageValue, averageValue: 500m } } }]
`,
  check: ({ inventory }, report) => {
    for (const pod of inventory.pods) {
      const scaler = autoscalers(inventory).get(workloadKey(pod))?.object;
      if (!scaler) {
        continue;
      }
      for (const resource of utilizationOf(scaler.manifest)) {
        const missing = running(containersWithout(inventory, pod, 'requests', resource));
        const [first] = missing;
        if (first) {
          report(pod, {
            message: `container '${first.container.name}' of ${title(pod)} must request ${resource}, by whose utilization ${title(scaler)} scales`,
            field: `${first.field}.resources.requests`,
            container: `${first.container.name}`,
            fix: `write resources.requests.${resource}`,
          });
        }
      }
    }
  },
};

/** Those whose use is measured. */
function running(containers: ReturnType<typeof containersWithout>): ReturnType<typeof containersWithout> {
  return containers.filter(({ role }) => role === 'main' || role === 'sidecar');
}
