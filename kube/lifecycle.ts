import type { Container, Lifecycle, PodSpec, Probe } from '../imports/kubernetes';

/** What the kubelet does for a probe or a hook. */
export const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const;
export type Handler = (typeof HANDLERS)[number];

type Handlers = Readonly<Partial<Record<Handler, object>>>;

/** The handlers that a probe or a hook has; one is right. */
export function handlersOf(of: object): readonly Handler[] {
  const found: Handler[] = [];
  for (const handler of HANDLERS) {
    if ((of as Handlers)[handler] !== undefined) {
      found.push(handler);
    }
  }
  return found;
}

export const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
/** The fields of a container that have handlers. */
export const HANDLED = [...PROBES, 'lifecycle.postStart', 'lifecycle.preStop'] as const;

/** The probe or the hook in a field of a container. */
export function handledAt(
  container: Container,
  field: (typeof HANDLED)[number],
): Probe | NonNullable<Lifecycle['preStop']> | undefined {
  switch (field) {
    case 'lifecycle.postStart':
      return container.lifecycle?.postStart;
    case 'lifecycle.preStop':
      return container.lifecycle?.preStop;
    default:
      return container[field];
  }
}

/** How many handlers a probe or a hook has. */
export function handlerCount(of: object): number {
  const { exec, httpGet, tcpSocket, grpc, sleep } = of as Handlers;
  return (
    (exec === undefined ? 0 : 1) +
    (httpGet === undefined ? 0 : 1) +
    (tcpSocket === undefined ? 0 : 1) +
    (grpc === undefined ? 0 : 1) +
    (sleep === undefined ? 0 : 1)
  );
}

/** The port that a handler asks, with its field; undefined where it asks none. */
export function portOf(of: object): { readonly field: string; readonly port: unknown } | undefined {
  const { httpGet, tcpSocket, grpc } = of as Readonly<Record<string, { readonly port?: unknown } | undefined>>;
  return httpGet
    ? { field: 'httpGet.port', port: httpGet.port }
    : tcpSocket
      ? { field: 'tcpSocket.port', port: tcpSocket.port }
      : grpc
        ? { field: 'grpc.port', port: grpc.port }
        : undefined;
}

/** Whether the kubelet connects to the container. */
export function probesPort(container: Container): boolean {
  return PROBES.some((name) => container[name] && portOf(container[name]) !== undefined);
}

/** Seconds that a pod has to end, the preStop hook included, where nothing else is written. */
export const DEFAULT_GRACE_PERIOD = 30;

export const gracePeriodOf = ({ terminationGracePeriodSeconds }: PodSpec): number =>
  terminationGracePeriodSeconds ?? DEFAULT_GRACE_PERIOD;

/** The seconds that a preStop hook sleeps: by `sleep`, or by a sleep command. Undefined where it does something else. */
export function preStopSleep({ lifecycle }: Container): number | undefined {
  if (lifecycle?.preStop === undefined) {
    return undefined;
  }
  const { sleep, exec } = lifecycle.preStop;
  if (sleep) {
    return sleep.seconds;
  }
  if (!exec?.command) {
    return undefined;
  }
  const [, seconds] = /(?:^|[\s/;&])sleep\s+(\d+)s?(?=$|[\s;&"'])/.exec(exec.command.join(' ')) ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}
