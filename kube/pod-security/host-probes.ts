import type { Container, LifecycleHandler } from '../../imports/kubernetes';
import type { PodContainer } from '../pod-containers';
import { type Control, type Violation, violationsIn } from './control';

/** Probes and lifecycle hooks call the pod itself, and not another host from the network of the node. */
export const hostProbesAndHostLifecycle: Control = {
  id: 'hostProbesAndHostLifecycle',
  level: 'baseline',
  since: 34,
  violations: ({ containers }) => violationsIn(containers, inContainer),
};

function inContainer({ container, field }: PodContainer): Violation | undefined {
  const calls = callsOf(container);
  return calls.length === 0
    ? undefined
    : {
        field: `${field}.${calls[0]!.field}`,
        container: container.name,
        has: calls.map((call) => `${call.field}: '${call.host}'`).join(', '),
        fix: 'delete host: without it the pod itself is called',
        admittedBy: 'privileged',
      };
}

interface Call {
  readonly field: string;
  readonly host: string;
}

/** The probes and hooks that name a host. */
function callsOf({ livenessProbe, readinessProbe, startupProbe, lifecycle }: Container): readonly Call[] {
  const found: Call[] = [];
  addCalls(found, 'livenessProbe', livenessProbe);
  addCalls(found, 'readinessProbe', readinessProbe);
  addCalls(found, 'startupProbe', startupProbe);
  addCalls(found, 'lifecycle.postStart', lifecycle?.postStart);
  addCalls(found, 'lifecycle.preStop', lifecycle?.preStop);
  return found;
}

function addCalls(
  found: Call[],
  at: string,
  handler: Pick<LifecycleHandler, 'httpGet' | 'tcpSocket'> | undefined,
): void {
  if (handler?.httpGet?.host) {
    found.push({ field: `${at}.httpGet.host`, host: handler.httpGet.host });
  }
  if (handler?.tcpSocket?.host) {
    found.push({ field: `${at}.tcpSocket.host`, host: handler.tcpSocket.host });
  }
}
