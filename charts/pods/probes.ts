import { describe } from '../../kube/describe';
import type { Check } from '../core/check';
import type { Probe as KubeProbe } from '../core/k8s';
import type { MainPort, PortModel } from '../core/ports';
import type { Because, Duration } from '../core/values';

/** How often and how patiently a probe asks. */
export interface ProbeTiming {
  /** Of one attempt. Whole seconds. @default 1 s, 5 s for exec: starting a process takes longer than a request */
  readonly timeout?: Duration;
  /** Between attempts. Whole seconds. @default 10 s */
  readonly period?: Duration;
  /** Failures in a row that count, 1 or more. @default 3 */
  readonly failures?: number;
}
/** Timing, and the port: a number, or the name of one of the workload's ports. */
export interface PortProbeOptions<P extends string | number> extends ProbeTiming {
  /** The port asked. */
  readonly port: P;
}
/** HTTP only. */
export interface HttpProbeOptions {
  /** @default 'HTTP' */
  readonly scheme?: 'HTTP' | 'HTTPS';
  /** Request headers. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
}

/** gRPC only. */
export interface GrpcProbeOptions {
  /** The service that the health protocol is asked about. @default '' - the whole server */
  readonly service?: string;
}

/** What a probe asks. */
export type ProbeQuestion =
  | {
      readonly kind: 'http';
      readonly path: string;
      readonly port: string | number | undefined;
      readonly scheme: 'HTTP' | 'HTTPS';
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'tcp'; readonly port: string | number | undefined }
  | { readonly kind: 'grpc'; readonly service: string; readonly port: string | number | undefined }
  | { readonly kind: 'exec'; readonly command: readonly string[] }
  | { readonly kind: 'none'; readonly because: string };

type AnyHttpOptions = ProbeTiming & HttpProbeOptions & { readonly port?: string | number };

/** One question to a container; P is the union of port names that it relies on. */
export class Probe<out P extends string = never> {
  /** GET on the main port; 200 to 399 is success. */
  static http(path: string, options?: ProbeTiming & HttpProbeOptions): Probe<MainPort>;
  /** GET on a port of that number or name. */
  static http<const N extends string | number>(
    path: string,
    options: PortProbeOptions<N> & HttpProbeOptions,
  ): Probe<Extract<N, string>>;
  static http(path: string, options: AnyHttpOptions = {}): Probe<string> {
    const { port, scheme = 'HTTP', headers = {}, ...timing } = options;
    return new Probe({ kind: 'http', path, port, scheme, headers }, timing);
  }

  /** A connection to the main port. */
  static tcp(options?: ProbeTiming): Probe<MainPort>;
  /** A connection to a port of that number or name. */
  static tcp<const N extends string | number>(port: N, options?: ProbeTiming): Probe<Extract<N, string>>;
  static tcp(portOrOptions?: string | number | ProbeTiming, options: ProbeTiming = {}): Probe<string> {
    return typeof portOrOptions === 'object' || portOrOptions === undefined
      ? new Probe({ kind: 'tcp', port: undefined }, portOrOptions ?? {})
      : new Probe({ kind: 'tcp', port: portOrOptions }, options);
  }

  /** The gRPC health protocol on the main port. */
  static grpc(options?: ProbeTiming & GrpcProbeOptions): Probe<MainPort>;
  /** The gRPC health protocol on a port of that number or name. */
  static grpc<const N extends string | number>(
    options: PortProbeOptions<N> & GrpcProbeOptions,
  ): Probe<Extract<N, string>>;
  static grpc(options: ProbeTiming & GrpcProbeOptions & { readonly port?: string | number } = {}): Probe<string> {
    const { service = '', port, ...timing } = options;
    return new Probe({ kind: 'grpc', service, port }, timing);
  }

  /** A command (no shell); exit status 0 is success. */
  static exec(command: readonly string[], options: ProbeTiming = {}): Probe {
    return new Probe({ kind: 'exec', command: [...command] }, options);
  }

  /** No probe, on purpose. */
  static none(reason: Because): Probe {
    return new Probe({ kind: 'none', because: reason.because }, {});
  }

  /** The port names that the probe relies on; exists for the compiler alone. */
  declare protected readonly relies: P;

  private constructor(
    /** @internal */
    readonly question: ProbeQuestion,
    /** @internal */
    readonly timing: ProbeTiming,
  ) {}
}

/** Probes of a workload without traffic. */
export interface LivenessProbes<P extends string = never> {
  /** Fails: the container is restarted. */
  readonly liveness: Probe<P>;
  /** Holds back the others while the container starts. @default - the liveness probe, for up to 5 min */
  readonly startup?: Probe<P>;
}
/** Probes of a workload with traffic; readiness and liveness must differ: identical probes turn a slow dependency into restarts. */
export interface ServiceProbes<P extends string = never> extends LivenessProbes<P | MainPort> {
  /** Fails: the pod gets no traffic. */
  readonly readiness: Probe<P | MainPort>;
}

/** Rendered probes of a container, and the reasons of those left out. */
export interface ProbesModel {
  readonly livenessProbe: KubeProbe | undefined;
  readonly readinessProbe: KubeProbe | undefined;
  readonly startupProbe: KubeProbe | undefined;
  readonly reasons: Readonly<Record<string, string>>;
}

const STARTUP_SECONDS = 300;
const DEFAULT_PERIOD = 10;

/** The ports of the container that a probe may name: its own, and numbers that are listened on outside the service. */
export interface ProbePorts {
  /** The ports of the service, the main port first; empty for a workload without one. */
  readonly named: readonly PortModel[];
  /** Further numbers that are declared on the container. */
  readonly extra: readonly number[];
  /** Whether any number is accepted: a workload without a service declares no ports. */
  readonly open: boolean;
}

export function resolveProbes(
  check: Check,
  probes: ServiceProbes<string> | LivenessProbes<string>,
  ports: ProbePorts,
): ProbesModel {
  const readiness = 'readiness' in probes ? probes.readiness : undefined;
  const { liveness, startup } = probes;
  check.keys('probes', probes, { liveness: true, startup: true, ...(ports.open ? {} : { readiness: true }) });
  for (const [what, probe] of Object.entries({ liveness, readiness, startup })) {
    if (probe !== undefined && !(probe instanceof Probe)) {
      check.fail(
        `probes.${what} is ${describe(probe)}`,
        "write Probe.http('/path'), Probe.tcp(), Probe.grpc(), Probe.exec([...]) or Probe.none({ because })",
      );
    }
  }
  if (liveness === undefined) {
    check.fail('probes without liveness', "write liveness: Probe.http('/livez') or Probe.tcp()");
  }
  if (readiness && sameQuestion(check, readiness, liveness, ports)) {
    check.fail(
      'readiness and liveness ask the same: a slow dependency would restart the pods instead of taking them out of traffic',
      'with a single endpoint use it for readiness, and Probe.tcp() for liveness',
    );
  }
  const livenessProbe = render(check, 'liveness', liveness, ports);
  const startupProbe = startup ? render(check, 'startup', startup, ports) : patient(livenessProbe);
  const reasons = Object.fromEntries(
    Object.entries({ liveness, readiness, startup }).flatMap(([what, probe]) =>
      probe?.question.kind === 'none' ? [[what, check.because(`probes.${what}`, probe.question.because)]] : [],
    ),
  );
  return {
    livenessProbe,
    readinessProbe: readiness && render(check, 'readiness', readiness, ports),
    startupProbe,
    reasons,
  };
}

/** The same question, asked for up to five minutes. */
function patient(liveness: KubeProbe | undefined): KubeProbe | undefined {
  if (!liveness) {
    return undefined;
  }
  const period = liveness.periodSeconds ?? DEFAULT_PERIOD;
  return { ...liveness, failureThreshold: Math.ceil(STARTUP_SECONDS / period) };
}

function render(check: Check, what: string, probe: Probe<string>, ports: ProbePorts): KubeProbe | undefined {
  const { question, timing } = probe;
  check.keys(`probes.${what}`, timing, { timeout: true, period: true, failures: true });
  const common: KubeProbe = {
    timeoutSeconds:
      timing.timeout === undefined
        ? question.kind === 'exec'
          ? 5
          : 1
        : check.seconds(`probes.${what}.timeout`, timing.timeout, 1),
    periodSeconds:
      timing.period === undefined ? DEFAULT_PERIOD : check.seconds(`probes.${what}.period`, timing.period, 1),
    failureThreshold: timing.failures === undefined ? 3 : check.integer(`probes.${what}.failures`, timing.failures, 1),
  };
  switch (question.kind) {
    case 'none':
      return undefined;
    case 'exec':
      if (question.command.length === 0 || question.command.some((word) => typeof word !== 'string')) {
        check.fail(`probes.${what} runs no command`, "write Probe.exec(['pg_isready', '-h', '127.0.0.1'])");
      }
      return { ...common, exec: { command: [...question.command] } };
    case 'grpc':
      return {
        ...common,
        grpc: { port: portNumber(check, what, question.port, ports), service: question.service || undefined },
      };
    case 'tcp':
      return { ...common, tcpSocket: { port: portNumber(check, what, question.port, ports) } };
    case 'http': {
      if (!question.path.startsWith('/')) {
        check.fail(
          `probes.${what} asks for '${question.path}', which is no path`,
          "begin it with '/': Probe.http('/healthz')",
        );
      }
      const headers = Object.entries(question.headers).map(([name, value]) => ({ name, value }));
      return {
        ...common,
        httpGet: {
          path: question.path,
          port: portNumber(check, what, question.port, ports),
          scheme: question.scheme === 'HTTP' ? undefined : question.scheme,
          httpHeaders: headers.length > 0 ? headers : undefined,
        },
      };
    }
  }
}

/** Numbers, not names: two probes on one path but different ports are told apart by every reader. */
function portNumber(check: Check, what: string, port: string | number | undefined, ports: ProbePorts): number {
  const [main] = ports.named;
  if (port === undefined) {
    return (
      main?.port ??
      check.fail(
        `probes.${what} asks the main port, and there is none`,
        'name the port by number: Probe.tcp(9000), or { port: 9000 }',
      )
    );
  }
  const declared = ports.named.map((p) => `'${p.name}' (${p.port})`).join(', ');
  if (typeof port === 'number') {
    check.integer(`probes.${what} port`, port, 1, 65535);
    if (!ports.open && !ports.named.some((p) => p.port === port) && !ports.extra.includes(port)) {
      check.fail(
        `probes.${what} asks port ${port}, which the container does not declare`,
        `declare it in 'port', or ask one of ${declared}`,
      );
    }
    return port;
  }
  const named = ports.named.find((p) => p.name === port);
  return (
    named?.port ??
    check.fail(
      `probes.${what} asks port '${port}', which the workload does not have`,
      `ask one of ${declared || 'its ports by number'}`,
    )
  );
}

function sameQuestion(check: Check, a: Probe<string>, b: Probe<string>, ports: ProbePorts): boolean {
  const [x, y] = [a.question, b.question];
  if (x.kind !== y.kind || x.kind === 'none' || subject(x) !== subject(y)) {
    return false;
  }
  return (
    !('port' in x && 'port' in y) ||
    portNumber(check, 'readiness', x.port, ports) === portNumber(check, 'liveness', y.port, ports)
  );
}

/** What a probe asks for, whatever the port. */
function subject(question: ProbeQuestion): string {
  switch (question.kind) {
    case 'http':
      return question.path;
    case 'grpc':
      return question.service;
    case 'exec':
      return JSON.stringify(question.command);
    default:
      return '';
  }
}
