import type { Probe } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { PROBES } from '../../../kube/lifecycle';
import { podContainers } from '../../../kube/pod-containers';
import { keyPath } from '../../../kube/text';
import { Places } from '../../places';
import { PROBE_FIELDS, podsWith } from '../../pods-with';
import type { Rule } from '../../rule';

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
  check: ({ inventory }, report) => {
    for (const pod of podsWith(inventory, ...PROBE_FIELDS)) {
      const containers = podContainers(pod);
      const found = new Places(report, pod);
      for (const { container, field } of containers) {
        for (const name of PROBES) {
          const probe = container[name];
          if (probe && !isRight(name, probe)) {
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
    }
  },
};

const isCount = (value: number | undefined): boolean => value === undefined || (value >= 0 && Number.isInteger(value));

/** Whether nothing is to be said of a probe, as of nearly all. */
function isRight(name: string, probe: Probe): boolean {
  const { successThreshold = 1, terminationGracePeriodSeconds: grace } = probe;
  return (
    isCount(probe.initialDelaySeconds) &&
    isCount(probe.timeoutSeconds) &&
    isCount(probe.periodSeconds) &&
    isCount(probe.successThreshold) &&
    isCount(probe.failureThreshold) &&
    (name === 'readinessProbe' || successThreshold <= 1) &&
    grace === undefined
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
