import type { Container } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { gracePeriodOf, preStopSleep } from '../../../kube/lifecycle';
import { podContainers } from '../../../kube/pod-containers';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectContainers } from '../../suspects';

/** A hook that takes the whole grace period leaves nothing for the program. */
export const rule: Rule = {
  id: 'containers/grace-period',
  title: 'the grace period of a pod is longer than the preStop hook sleeps',
  severity: 'warning',
  why: 'The grace period begins with the preStop hook. When the hook takes all of it the program is killed before it can end its requests; the API server refuses a longer sleep.',
  source: 'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-execution',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  terminationGracePeriodSeconds: 20
  containers:
    - name: web
      image: example.com/web:1.0.0
      lifecycle: { preStop: { exec: { command: [sh, -c, sleep 20] } } }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  terminationGracePeriodSeconds: 45
  containers:
    - name: web
      image: example.com/web:1.0.0
      lifecycle: { preStop: { exec: { command: [sh, -c, sleep 20] } } }
`,
  check: checkSuspects(
    suspectContainers(
      ({ container }, { spec }) =>
        container.lifecycle?.preStop !== undefined && mayTake(container, gracePeriodOf(spec)),
    ),
    (pod, report) => {
      const containers = podContainers(pod);
      const grace = gracePeriodOf(pod.spec);
      const found = new Places(report, pod);
      for (const { container, field } of containers) {
        const seconds = preStopSleep(container);
        const refused = container.lifecycle?.preStop?.sleep !== undefined && (seconds! > grace || seconds! < 0);
        if (seconds !== undefined && (seconds >= grace || refused)) {
          found.add(String(seconds), {
            ...(refused ? { severity: 'error' } : {}),
            message: `the preStop hook of container '${container.name}' of ${title(pod)} sleeps ${seconds} s, and the grace period is ${grace} s`,
            fix: `write terminationGracePeriodSeconds of more than ${Math.max(0, seconds)}, the time that the program needs to end included`,
            field: `${field}.lifecycle.preStop`,
            container: container.name,
          });
        }
      }
      found.finish();
    },
  ),
};

/** Whether a hook sleeps for all of the grace period, or for no time that there is. */
function mayTake(container: Container, grace: number): boolean {
  const seconds = preStopSleep(container);
  return seconds !== undefined && (seconds >= grace || seconds < 0);
}
