import { type PodObject, title } from '../../../kube/inventory';
import { type PodContainer, podSpecField } from '../../../kube/pod-containers';
import type { Rule } from '../../rule';
import { type ServiceObject, servicesOfPods } from '../../services';
import { checkSuspects, suspectPods } from '../../suspects';

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
  check: checkSuspects(
    suspectPods((pod, containers) => Boolean(pod.workload?.scaled) && !waits(pod, containers)),
    (pod, report, { inventory }) => {
      // agents have Services for their metrics, and jobs none that wait
      const service = serving(servicesOfPods(inventory).get(pod) ?? [], pod);
      if (service) {
        report(pod, {
          message: `${title(pod)} gets traffic from ${title(service)}, but no container has a readiness probe`,
          field: `${podSpecField(pod)}.containers`,
          fix: 'add a readinessProbe to the container that serves the port',
          severity: isScraped(service, pod) ? 'advice' : 'warning',
        });
      }
    },
  ),
};

/** The Service whose callers meet a pod that is not ready: rather one for calls than one for metrics. */
function serving(services: readonly ServiceObject[], pod: PodObject): ServiceObject | undefined {
  const waiting = services.filter(({ unready }) => !unready);
  return waiting.find((service) => !isScraped(service, pod)) ?? waiting[0];
}

function waits({ spec }: PodObject, containers: readonly PodContainer[]): boolean {
  return Boolean(spec.readinessGates?.length) || containers.some(({ container }) => container.readinessProbe);
}

/** Whether a Service lists pods for Prometheus, which does not mind one that is late. */
function isScraped({ manifest, ports }: ServiceObject, pod: PodObject): boolean {
  const isHeadless = manifest.spec?.clusterIP === 'None' && pod.manifest.kind === 'Deployment';
  return isHeadless || (ports.length > 0 && ports.every(({ name = '' }) => name.includes('metrics')));
}
