import type { ContainerPort } from '../../../imports/kubernetes';
import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { isPortName, isPortNumber } from '../../../kube/names';
import { type PodContainer, podContainers } from '../../../kube/pod-containers';
import { indexPath, keyPath } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectPods } from '../../suspects';

/** Ports of containers: numbers, names, and whether they are taken twice. */
export const rule: Rule = {
  id: 'containers/ports',
  title: 'ports of containers are valid, and each is declared once',
  severity: 'error',
  why: 'The API server refuses invalid ports, a port name that a container has twice, and a host port that a pod has twice. Two containers with one port cannot both listen on it, and of two ports of one name a Service finds the first.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      ports: [{ name: http, containerPort: 8080 }, { name: http, containerPort: 8081 }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: dns, namespace: default }
spec:
  containers:
    - name: dns
      image: example.com/dns:1.0.0
      ports: [{ name: dns, containerPort: 53, protocol: UDP }, { name: dns-tcp, containerPort: 53 }]
`,
  check: checkSuspects(
    suspectPods((_, containers) => !hasOnePlainPort(containers)),
    (pod, report) => {
      const containers = podContainers(pod);
      const found = new Places(report, pod);
      const numbers = new Map<string, string>();
      const names = new Map<string, string>();
      const hostPorts = new Set<string>();
      for (const { container, field, role } of containers) {
        if (!container.ports?.length) {
          continue;
        }
        // what runs first is over before the others listen
        const ownNumbers = role === 'init' ? new Map<string, string>() : numbers;
        const ownNames = role === 'init' ? new Map<string, string>() : names;
        const of = () => `container '${container.name}' of ${title(pod)}`;
        container.ports.forEach((port, i) => {
          const { containerPort, protocol = 'TCP', name, hostPort = 0, hostIP = '' } = port;
          const add = (
            cause: string,
            key: string,
            message: string,
            fix: string,
            severity: 'error' | 'warning' = 'error',
          ) => {
            const at = indexPath(keyPath(field, 'ports'), i);
            found.add(cause, { severity, message, fix, field: keyPath(at, key), container: container.name });
          };
          if (!isPortNumber(containerPort)) {
            const message = `containerPort of ${of()} must be an integer from 1 to 65535, but is ${describe(containerPort)}`;
            add(`number ${containerPort}`, 'containerPort', message, 'write the port that the container listens on');
          }
          if (hostPort !== 0 && !isPortNumber(hostPort)) {
            const message = `hostPort of ${of()} must be an integer from 1 to 65535, but is ${describe(hostPort)}`;
            add(`host number ${hostPort}`, 'hostPort', message, 'write a port of the node, or leave hostPort out');
          } else if (hostPort !== 0) {
            const key = `${protocol}/${hostIP}/${hostPort}${role === 'init' ? container.name : ''}`;
            if (hostPorts.has(key)) {
              add(
                `host ${key}`,
                'hostPort',
                `${title(pod)} takes port ${hostPort} of its node twice`,
                'use another hostPort',
              );
            }
            hostPorts.add(key);
          }
          const number = `${containerPort}/${protocol}`;
          const listener = ownNumbers.get(number);
          if (listener !== undefined) {
            const both =
              listener === container.name
                ? `${of()} declares`
                : `containers '${listener}' and '${container.name}' of ${title(pod)} declare`;
            const rest = listener === container.name ? 'twice' : 'both, and only one of them can listen on it';
            add(
              `twice ${number}`,
              'containerPort',
              `${both} port ${number} ${rest}`,
              'keep one of them, or change its port',
              'warning',
            );
          }
          ownNumbers.set(number, container.name);
          if (name === undefined || name === '') {
            return;
          }
          if (!isPortName(name)) {
            const message = `the name of a port of ${of()} must be at most 15 lowercase letters, digits and '-' with at least one letter, but is ${describe(name)}`;
            add(`name ${name}`, 'name', message, "write a name such as 'http'");
          } else if (ownNames.get(name) === container.name) {
            add(`twice ${name}`, 'name', `two ports of ${of()} have the name '${name}'`, 'rename one of them');
          } else if (ownNames.has(name)) {
            const message = `containers '${ownNames.get(name)}' and '${container.name}' of ${title(pod)} both have a port '${name}', of which Services find the first only`;
            add(`twice ${name}`, 'name', message, 'rename one of them', 'warning');
          }
          ownNames.set(name, container.name);
        });
      }
      found.finish();
    },
  ),
};

/** Whether a pod has one port, as nearly all, so that nothing else can take its number or its name. */
function hasOnePlainPort(containers: readonly PodContainer[]): boolean {
  const [first] = containers;
  return (
    first?.container.ports?.length === 1 &&
    first.container.name !== undefined &&
    isPlain(first.container.ports[0]!) &&
    containers.every(({ container }, i) => i === 0 || !container.ports?.length)
  );
}

const isPlain = ({ containerPort, name, hostPort = 0 }: ContainerPort): boolean =>
  isPortNumber(containerPort) && hostPort === 0 && (name === undefined || name === '' || isPortName(name));
