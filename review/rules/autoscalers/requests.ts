import { INJECTED_CONTAINERS } from '../../../kube/injectors';
import { title } from '../../../kube/inventory';
import { type PodContainer, podContainers } from '../../../kube/pod-containers';
import { measuredBy } from '../../../kube/vertical-autoscalers';
import { containersWithout } from '../../container-defaults';
import { autoscalers } from '../../replicas';
import type { Rule } from '../../rule';

/** Utilization is a share of the requests. */
export const rule: Rule = {
  id: 'autoscalers/requests',
  title: 'containers that are scaled by utilization exist, and request the resource',
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
    const scaled = autoscalers(inventory);
    for (const pod of scaled.size === 0 ? [] : inventory.pods) {
      const scaler = scaled.of(pod)?.object;
      const measured = scaler ? measuredBy(scaler.manifest) : [];
      if (!scaler || measured.length === 0) {
        continue;
      }
      let reported: Set<string> | undefined;
      for (const { resource, isUtilization, container, field } of measured) {
        const isMeasured = (one: PodContainer) => container === undefined || one.container.name === container;
        if (container !== undefined && !running(podContainers(pod)).some(isMeasured)) {
          if (INJECTED_CONTAINERS.has(container)) {
            continue;
          }
          report(scaler, {
            message: `${title(scaler)} measures container '${container}', which ${title(pod)} does not have`,
            fix: `write one of ${running(podContainers(pod))
              .map((one) => one.container.name)
              .join(', ')}`,
            ...(field === undefined ? {} : { field }),
          });
          continue;
        }
        const missing = isUtilization ? containersWithout(inventory, pod, 'requests', resource) : [];
        const first = missing.length === 0 ? undefined : running(missing).find(isMeasured);
        if (first && !reported?.has(`${resource} ${first.field}`)) {
          reported ??= new Set();
          reported.add(`${resource} ${first.field}`);
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
function running(containers: readonly PodContainer[]): readonly PodContainer[] {
  return containers.filter(({ role }) => role === 'main' || role === 'sidecar');
}
