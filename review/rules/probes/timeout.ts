import { title } from '../../../kube/inventory';
import { PROBES } from '../../../kube/lifecycle';
import { podContainers } from '../../../kube/pod-containers';
import { keyPath } from '../../../kube/text';
import { Places } from '../../places';
import { PROBE_FIELDS, podsWith } from '../../pods-with';
import type { Rule } from '../../rule';

/** A probe that waits as long as its period is never asked that often. */
export const rule: Rule = {
  id: 'probes/timeout',
  title: 'every probe times out before the next one is due',
  severity: 'warning',
  why: 'The kubelet asks again only when the last probe has ended, so a container that hangs is noticed after failureThreshold timeouts, not after as many periods.',
  source:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      livenessProbe: { tcpSocket: { port: 8080 }, timeoutSeconds: 30, periodSeconds: 10 }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      livenessProbe: { tcpSocket: { port: 8080 }, timeoutSeconds: 5, periodSeconds: 10 }
      readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 }
`,
  check: ({ inventory }, report) => {
    for (const pod of podsWith(inventory, ...PROBE_FIELDS)) {
      const containers = podContainers(pod);
      const found = new Places(report, pod);
      for (const { container, field } of containers) {
        for (const name of PROBES) {
          const probe = container[name];
          if (!probe) {
            continue;
          }
          // zero is the default, as for the API server
          const timeout = probe.timeoutSeconds || 1;
          const period = probe.periodSeconds || 10;
          // both 1 cannot be made shorter
          if (timeout >= period && timeout > 1) {
            found.add(name, {
              message: `${name} of container '${container.name}' of ${title(pod)} waits ${timeout} s for an answer, though it is due every ${period} s`,
              fix: `write timeoutSeconds below ${period}, or a longer periodSeconds`,
              field: keyPath(keyPath(field, name), 'timeoutSeconds'),
              container: container.name,
            });
          }
        }
      }
      found.finish();
    }
  },
};
