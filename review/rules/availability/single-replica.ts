import { dataStoreOf } from '../../../kube/data-stores';
import { type PodObject, title } from '../../../kube/inventory';
import { autoscalers, replicasOf } from '../../replicas';
import type { Rule } from '../../rule';
import { servicesOfPods } from '../../services';

/** One pod is away whenever its node is. */
export const rule: Rule = {
  id: 'availability/single-replica',
  title: 'a workload behind a Service has two pods or more',
  severity: 'advice',
  why: 'With one pod every drain, upgrade or loss of its node interrupts all calls until another pod is ready.',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/application.html',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web:1 }] } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
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
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, minReplicas: 2, maxReplicas: 4 }
`,
  check: ({ inventory }, report) => {
    for (const pod of inventory.pods) {
      if (replicasOf(inventory, pod)?.min !== 1 || !servicesOfPods(inventory).has(pod)) {
        continue;
      }
      const autoscaler = autoscalers(inventory).of(pod);
      report(pod, {
        message: `${title(pod)} behind ${title(servicesOfPods(inventory).get(pod)![0]!)} has one pod${autoscaler ? ` at the minimum of ${title(autoscaler.object)}` : ''}`,
        ...(autoscaler ? {} : { field: 'spec.replicas' }),
        fix: autoscaler ? 'raise the minimum of the autoscaler to 2' : fixOf(pod),
      });
    }
  },
};

function fixOf(pod: PodObject): string {
  const { kind } = pod.manifest;
  if (kind !== 'StatefulSet' && dataStoreOf(pod)) {
    return 'take a StatefulSet whose members replicate to one another, or a managed service for the data: two pods of this one would be two stores';
  }
  return kind === 'StatefulSet'
    ? 'write replicas: 3 where the members replicate to one another, or use a managed service for the data'
    : 'write replicas: 2 or more';
}
