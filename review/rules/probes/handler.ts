import { title } from '../../../kube/inventory';
import { HANDLED, HANDLERS, type Handler, handledAt, handlerCount, handlersOf } from '../../../kube/lifecycle';
import { type PodContainer, podContainers } from '../../../kube/pod-containers';
import { listed } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectContainers } from '../../suspects';

/** Probes and hooks say in one way what is done. */
export const rule: Rule = {
  id: 'probes/handler',
  title: 'every probe and hook has one handler, on a container that may have it',
  severity: 'error',
  why: 'The API server refuses a probe or a hook with no handler or with several, an exec without a command, and probes and hooks of init and ephemeral containers that are not sidecars.',
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      readinessProbe: { httpGet: { path: /ready, port: 8080 }, tcpSocket: { port: 8080 } }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  initContainers:
    - name: proxy
      image: example.com/proxy:1.0.0
      restartPolicy: Always
      readinessProbe: { tcpSocket: { port: 9090 } }
  containers:
    - name: web
      image: example.com/web:1.0.0
      readinessProbe: { httpGet: { path: /ready, port: 8080 } }
      lifecycle: { preStop: { sleep: { seconds: 5 } } }
`,
  check: checkSuspects(
    suspectContainers((one) => !isPlain(one)),
    (pod, report) => {
      const containers = podContainers(pod);
      const found = new Places(report, pod);
      for (const { container, field, role } of containers) {
        for (const name of HANDLED) {
          const of = handledAt(container, name);
          if (!of) {
            continue;
          }
          const handlers = handlersOf(of);
          const add = (cause: string, message: string, fix: string) =>
            found.add(`${cause} ${name}`, { message, fix, field: `${field}.${name}`, container: container.name });
          const whose = `${name} of container '${container.name}' of ${title(pod)}`;
          if (role === 'init' || role === 'ephemeral') {
            const message = `${whose} is not allowed: it is an ${role} container`;
            add(
              role,
              message,
              role === 'init' ? "delete it, or make it a sidecar with restartPolicy: 'Always'" : 'delete it',
            );
            continue;
          }
          const allowed = HANDLERS.filter((handler) => isAllowed(name, handler));
          if (handlers.length !== 1) {
            const message = `${whose} must have one of ${listed(allowed)}, but has ${handlers.length === 0 ? 'none' : listed(handlers)}`;
            add('number', message, handlers.length === 0 ? 'write what is done' : 'keep one of them');
          } else if (!allowed.includes(handlers[0]!)) {
            add('kind', `${whose} must have one of ${listed(allowed)}, but has '${handlers[0]}'`, 'write one of these');
          } else if (of.exec && !of.exec.command?.length) {
            add('command', `exec of ${whose} has no command`, "write a command, such as ['/bin/check']");
          }
        }
      }
      found.finish();
    },
  ),
};

/** Probes do not sleep, and hooks do not speak gRPC. */
const isAllowed = (name: string, handler: Handler): boolean =>
  handler !== (name.startsWith('lifecycle.') ? 'grpc' : 'sleep');

/** Whether what a container has is done in one way without a command, as of nearly all. */
function isPlain({ container, role }: PodContainer): boolean {
  const { startupProbe, readinessProbe, livenessProbe, lifecycle } = container;
  const [before, after] = [lifecycle?.preStop, lifecycle?.postStart];
  if (role === 'init' || role === 'ephemeral') {
    return !(startupProbe || readinessProbe || livenessProbe || before || after);
  }
  return (
    isOne(startupProbe, 'sleep') &&
    isOne(readinessProbe, 'sleep') &&
    isOne(livenessProbe, 'sleep') &&
    isOne(before, 'grpc') &&
    isOne(after, 'grpc')
  );
}

type Handlers = Readonly<Partial<Record<Handler, object>>>;

function isOne(of: Handlers | undefined, refused: Handler): boolean {
  return !of || (!of.exec && of[refused] === undefined && handlerCount(of) === 1);
}
