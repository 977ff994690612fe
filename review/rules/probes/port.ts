import type { Probe } from '../../../imports/kubernetes';
import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { HANDLED, handledAt, portOf } from '../../../kube/lifecycle';
import { isPortName, isPortNumber } from '../../../kube/names';
import { type PodContainer, podContainers } from '../../../kube/pod-containers';
import { listed, nearest } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectContainers } from '../../suspects';

/** Ports that probes and hooks ask. */
export const rule: Rule = {
  id: 'probes/port',
  title: 'every probe asks a port that its container declares',
  severity: 'error',
  why: 'A named port is looked up among the ports of the same container: one that it does not declare fails every probe. The API server refuses numbers and names that no port can have.',
  source:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      ports: [{ name: http, containerPort: 8080 }]
      readinessProbe: { httpGet: { path: /ready, port: web } }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      ports: [{ name: http, containerPort: 8080 }]
      readinessProbe: { httpGet: { path: /ready, port: http } }
      livenessProbe: { tcpSocket: { port: 9090 } }
`,
  check: checkSuspects(suspectContainers(asksByName), (pod, report) => {
    const containers = podContainers(pod);
    const found = new Places(report, pod);
    for (const { container, field } of containers) {
      for (const name of HANDLED) {
        const of = handledAt(container, name);
        const asked = of && portOf(of);
        if (!asked || isPortNumber(asked.port)) {
          continue;
        }
        const { field: key, port } = asked;
        if (port === undefined && pod.workload?.containerName !== undefined) {
          continue;
        }
        const names = (container.ports ?? []).flatMap((one) => one.name ?? []);
        const named = typeof port === 'string' && isPortName(port);
        if (named && names.includes(port)) {
          continue;
        }
        const declared = names.length === 0 ? 'it names no port' : `its ports are ${listed(names)}`;
        const guess = named ? nearest(port, names) : undefined;
        found.add(String(port), {
          message: named
            ? `${name} of container '${container.name}' of ${title(pod)} asks port '${port}', which the container does not declare: ${declared}`
            : `the port of ${name} of container '${container.name}' of ${title(pod)} must be an integer from 1 to 65535 or the name of a port, but is ${describe(port)}`,
          fix:
            guess === undefined
              ? 'write the number of the port, or declare the port with this name'
              : `write '${guess}'`,
          field: `${field}.${name}.${key}`,
          container: container.name,
        });
      }
    }
    found.finish();
  }),
};

/** Whether a probe or a hook asks a port that is not a number; nearly none does. */
function asksByName({ container }: PodContainer): boolean {
  const { startupProbe, readinessProbe, livenessProbe, lifecycle } = container;
  return (
    isByName(startupProbe) ||
    isByName(readinessProbe) ||
    isByName(livenessProbe) ||
    (lifecycle !== undefined && (isByName(lifecycle.postStart) || isByName(lifecycle.preStop)))
  );
}

function isByName(of: Handlers | undefined): boolean {
  const asked = of && (of.httpGet ?? of.tcpSocket ?? of.grpc);
  return asked !== undefined && !isPortNumber(asked.port);
}

type Handlers = Pick<Probe, 'httpGet' | 'tcpSocket' | 'grpc'>;
