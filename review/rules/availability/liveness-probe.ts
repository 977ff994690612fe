import { title } from '../../../kube/inventory';
import { podSpecField } from '../../../kube/pod-containers';
import type { Rule } from '../../rule';
import { checkSuspects, suspectPods } from '../../suspects';

/** A process that hangs but does not end stays as it is. */
export const rule: Rule = {
  id: 'availability/liveness-probe',
  title: 'pods that stay have a liveness probe',
  severity: 'advice',
  why: 'Kubernetes restarts a container that ends. One that hangs runs on, unless a liveness probe fails.',
  source: 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web:1 }] } }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web:1, livenessProbe: { tcpSocket: { port: 80 } } }] }
`,
  check: checkSuspects(
    suspectPods(
      ({ workload }, containers) =>
        workload !== undefined && !workload.job && !containers.some(({ container }) => container.livenessProbe),
    ),
    (pod, report) => {
      report(pod, {
        message: `no container of ${title(pod)} has a liveness probe`,
        field: `${podSpecField(pod)}.containers`,
        fix: 'add a livenessProbe that fails only when a restart helps',
      });
    },
  ),
};
