import { type PodObject, title } from '../../../kube/inventory';
import { podContainers, podSpecField } from '../../../kube/pod-containers';
import { workloadKind } from '../../../kube/workload-kinds';
import type { Rule } from '../../rule';
import { servicesOfPods } from '../../services';

/** A pod without readiness gets traffic as soon as its process starts. */
export const rule: Rule = {
  id: 'availability/readiness-probe',
  title: 'pods behind a Service have a readiness probe',
  severity: 'warning',
  why: 'Without a readiness probe a pod gets traffic as soon as its process starts, so every rollout and every new replica answers with errors until the program listens.',
  source: 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
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
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web:1, readinessProbe: { tcpSocket: { port: 80 } } }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`,
  check: ({ inventory }, report) => {
    for (const pod of inventory.pods) {
      // agents have Services for their metrics, and jobs none that wait
      const service = workloadKind(pod.manifest)?.scaled
        ? servicesOfPods(inventory)
            .get(pod.manifest)
            ?.find(({ unready }) => !unready)
        : undefined;
      if (service && !waits(pod)) {
        report(pod, {
          message: `${title(pod)} gets traffic from ${title(service)}, but no container has a readiness probe`,
          field: `${podSpecField(pod.manifest)}.containers`,
          fix: 'add a readinessProbe to the container that serves the port',
        });
      }
    }
  },
};

function waits(pod: PodObject): boolean {
  return (
    (pod.spec.readinessGates ?? []).length > 0 || podContainers(pod).some(({ container }) => container.readinessProbe)
  );
}
