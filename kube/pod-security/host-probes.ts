import type { Container } from '../../imports/kubernetes';
import type { Control, Violation } from './control';

/** Probes and lifecycle hooks call the pod itself, and not another host from the network of the node. */
export const hostProbesAndHostLifecycle: Control = {
  id: 'hostProbesAndHostLifecycle',
  level: 'baseline',
  since: 34,
  violations: ({ containers }) =>
    containers.flatMap(({ container, field }): Violation[] => {
      const calls = callsOf(container);
      return calls.length === 0
        ? []
        : [
            {
              field: `${field}.${calls[0]!.field}`,
              container: container.name,
              has: calls.map((call) => `${call.field}: '${call.host}'`).join(', '),
              fix: 'delete host: without it the pod itself is called',
              admittedBy: 'privileged',
            },
          ];
    }),
};

/** The probes and hooks that name a host. */
function callsOf(container: Container): { readonly field: string; readonly host: string }[] {
  const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
  const handlers = {
    livenessProbe,
    readinessProbe,
    startupProbe,
    'lifecycle.postStart': lifecycle?.postStart,
    'lifecycle.preStop': lifecycle?.preStop,
  };
  return Object.entries(handlers).flatMap(([at, handler]) =>
    (['httpGet', 'tcpSocket'] as const).flatMap((how) => {
      const host = handler?.[how]?.host;
      return host ? [{ field: `${at}.${how}.host`, host }] : [];
    }),
  );
}
