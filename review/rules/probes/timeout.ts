import type { Probe } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { PROBES } from '../../../kube/lifecycle';
import { type PodContainer, podContainers } from '../../../kube/pod-containers';
import { keyPath } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectContainers } from '../../suspects';

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
  check: checkSuspects(suspectContainers(hasLate), (pod, report) => {
    const containers = podContainers(pod);
    const found = new Places(report, pod);
    for (const { container, field } of containers) {
      for (const name of PROBES) {
        const probe = container[name];
        if (isLate(probe)) {
          const [timeout, period] = [timeoutOf(probe), periodOf(probe)];
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
  }),
};

// zero is the default, as for the API server
const timeoutOf = ({ timeoutSeconds }: Probe): number => timeoutSeconds || 1;
const periodOf = ({ periodSeconds }: Probe): number => periodSeconds || 10;

function isLate(probe: Probe | undefined): probe is Probe {
  // both 1 cannot be made shorter
  return probe !== undefined && timeoutOf(probe) > 1 && timeoutOf(probe) >= periodOf(probe);
}

function hasLate({ container: { startupProbe, readinessProbe, livenessProbe } }: PodContainer): boolean {
  return isLate(startupProbe) || isLate(readinessProbe) || isLate(livenessProbe);
}
