import { title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { asksTheSame, patience } from '../../../kube/probes';
import type { Rule } from '../../rule';

/** How many times longer liveness has to wait than readiness, so that a pod leaves the traffic long before it restarts. */
const MORE_PATIENT = 3;

/** Equal probes restart a pod when it should only be taken out of traffic. */
export const rule: Rule = {
  id: 'availability/equal-probes',
  title: 'a liveness probe that asks the same as readiness waits at least three times as long',
  severity: 'warning',
  why: 'A pod that cannot answer for a while is to leave the traffic. With equal probes it restarts at the same time, which adds to the load of the others. Kubernetes recommends the same endpoint with a higher failureThreshold for liveness.',
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: web:1
      readinessProbe: { httpGet: { path: /healthz, port: 8080 } }
      livenessProbe: { httpGet: { path: /healthz, port: 8080 } }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: web:1
      readinessProbe: { httpGet: { path: /healthz, port: 8080 } }
      livenessProbe: { httpGet: { path: /healthz, port: 8080 }, failureThreshold: 9 }
`,
  check: ({ inventory }, report) => {
    for (const pod of inventory.pods) {
      for (const { container, field } of podContainers(pod)) {
        const { livenessProbe: liveness, readinessProbe: readiness, name } = container;
        if (!readiness || !liveness || !asksTheSame(liveness, readiness, container)) {
          continue;
        }
        const [least, own] = [MORE_PATIENT * patience(readiness), patience(liveness)];
        if (own < least) {
          report(pod, {
            message: `the liveness probe of container '${name}' of ${title(pod)} asks the same as its readiness probe, so it must fail for ${least} s or longer before a restart, but restarts after ${own} s`,
            field: `${field}.livenessProbe`,
            container: `${name}`,
            fix: `ask an endpoint that no dependency can fail, or write failureThreshold: ${Math.ceil(least / (liveness.periodSeconds ?? 10))}`,
          });
        }
      }
    }
  },
};
