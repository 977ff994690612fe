import type { Probe } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { PROBES } from '../../../kube/lifecycle';
import { type PodContainer, podContainers } from '../../../kube/pod-containers';
import { keyPath } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectContainers } from '../../suspects';

const NUMBERS = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const;

/** Numbers of probes that the API server refuses. */
export const rule: Rule = {
  id: 'probes/numbers',
  title: 'the numbers of probes are valid',
  severity: 'error',
  why: 'The API server refuses negative numbers, a successThreshold other than 1 where the container is restarted, and a grace period of a readiness probe.',
  source:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      livenessProbe: { tcpSocket: { port: 8080 }, successThreshold: 2 }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      livenessProbe: { tcpSocket: { port: 8080 }, successThreshold: 1 }
      readinessProbe: { tcpSocket: { port: 8080 }, successThreshold: 2 }
`,
  check: checkSuspects(
    suspectContainers((one) => !isSound(one)),
    (pod, report) => {
      const containers = podContainers(pod);
      const found = new Places(report, pod);
      for (const { container, field } of containers) {
        for (const name of PROBES) {
          const probe = container[name];
          if (probe) {
            checkProbe(name, probe, (key, must, is, fix) =>
              found.add(`${name} ${key}`, {
                message: `${key} of ${name} of container '${container.name}' of ${title(pod)} must ${must}, but is ${is}`,
                fix,
                field: keyPath(keyPath(field, name), key),
                container: container.name,
              }),
            );
          }
        }
      }
      found.finish();
    },
  ),
};

const isCount = (value: number | undefined): boolean => value === undefined || (value >= 0 && Number.isInteger(value));

/** Whether nothing is to be said of the probes of a container, as of nearly all. */
const isSound = ({ container: { startupProbe, readinessProbe, livenessProbe } }: PodContainer): boolean =>
  isRight(startupProbe, 1) && isRight(readinessProbe, Number.POSITIVE_INFINITY) && isRight(livenessProbe, 1);

function isRight(probe: Probe | undefined, mostSuccesses: number): boolean {
  if (probe === undefined) {
    return true;
  }
  const { initialDelaySeconds, timeoutSeconds, periodSeconds, successThreshold, failureThreshold } = probe;
  return (
    (initialDelaySeconds === undefined || isCount(initialDelaySeconds)) &&
    (timeoutSeconds === undefined || isCount(timeoutSeconds)) &&
    (periodSeconds === undefined || isCount(periodSeconds)) &&
    (failureThreshold === undefined || isCount(failureThreshold)) &&
    (successThreshold === undefined || (isCount(successThreshold) && successThreshold <= mostSuccesses)) &&
    probe.terminationGracePeriodSeconds === undefined
  );
}

function checkProbe(
  name: string,
  probe: Probe,
  add: (key: string, must: string, is: unknown, fix: string) => void,
): void {
  for (const key of NUMBERS) {
    const value = probe[key];
    if (!isCount(value)) {
      add(key, 'be an integer of zero or more', value, `write the ${key.endsWith('Seconds') ? 'seconds' : 'number'}`);
    }
  }
  const { successThreshold = 1, terminationGracePeriodSeconds: grace } = probe;
  if (name !== 'readinessProbe' && successThreshold > 1) {
    add('successThreshold', 'be 1', successThreshold, 'leave it out');
  }
  if (grace !== undefined && (name === 'readinessProbe' || grace <= 0)) {
    const must = name === 'readinessProbe' ? 'be left out, as it restarts nothing' : 'be more than 0';
    add('terminationGracePeriodSeconds', must, grace, 'leave it out');
  }
}
