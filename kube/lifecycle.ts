import type { Container, Lifecycle, PodSpec, Probe } from '../imports/kubernetes';

/** What the kubelet does for a probe or a hook. */
export const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const;
export type Handler = (typeof HANDLERS)[number];

type Handlers = Readonly<Partial<Record<Handler, object>>>;

/** The handlers that a probe or a hook has; one is right. */
export const handlersOf = (of: object): readonly Handler[] =>
  HANDLERS.filter((handler) => (of as Handlers)[handler] !== undefined);

export const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
export const HOOKS = ['postStart', 'preStop'] as const;

/** The probes of a container, by field. */
export function probesOf(container: Container): readonly (readonly [(typeof PROBES)[number], Probe])[] {
  return PROBES.flatMap((name) => (container[name] ? [[name, container[name]] as const] : []));
}

/** The hooks of a container, by field. */
export function hooksOf({
  lifecycle,
}: Container): readonly (readonly [(typeof HOOKS)[number], NonNullable<Lifecycle['preStop']>])[] {
  return HOOKS.flatMap((name) => (lifecycle?.[name] ? [[name, lifecycle[name]] as const] : []));
}

/** The port that a handler asks, with its field; undefined where it asks none. */
export function portOf(of: object): readonly [field: string, port: unknown] | undefined {
  const { httpGet, tcpSocket, grpc } = of as Readonly<Record<string, { readonly port?: unknown } | undefined>>;
  return httpGet
    ? ['httpGet.port', httpGet.port]
    : tcpSocket
      ? ['tcpSocket.port', tcpSocket.port]
      : grpc
        ? ['grpc.port', grpc.port]
        : undefined;
}

/** Seconds that a pod has to end, the preStop hook included, where nothing else is written. */
export const DEFAULT_GRACE_PERIOD = 30;

export const gracePeriodOf = ({ terminationGracePeriodSeconds }: PodSpec): number =>
  terminationGracePeriodSeconds ?? DEFAULT_GRACE_PERIOD;

/** The seconds that a preStop hook sleeps: by `sleep`, or by a sleep command. Undefined where it does something else. */
export function preStopSleep({ lifecycle }: Container): number | undefined {
  const { sleep, exec } = lifecycle?.preStop ?? {};
  if (sleep) {
    return sleep.seconds;
  }
  const command = (exec?.command ?? []).join(' ');
  const [, seconds] = /(?:^|[\s/;&])sleep\s+(\d+)s?(?=$|[\s;&"'])/.exec(command) ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}
