import type { MainPort } from '../core/ports';
import type { Because, Duration } from '../core/values';

/** How often a probe runs, and how many failures count. */
export interface ProbeTiming {
  /** Time limit of one attempt, 1 s or more. Whole seconds. @default - 1 s; 5 s for exec, since starting a process takes longer than a request */
  readonly timeout?: Duration;
  /** Time between attempts, 1 s or more. Whole seconds. @default 10 s */
  readonly period?: Duration;
  /** Consecutive failures after which the probe has failed, 1 or more. @default 3 */
  readonly failures?: number;
}
/** Timing, and a port other than the main port. */
export interface PortProbeOptions<P extends string | number> extends ProbeTiming {
  /** A port number (1-65535), or the name of one of the workload's ports. */
  readonly port: P;
}
/** Options of an HTTP probe. */
export interface HttpProbeOptions {
  /** 'HTTPS' does not verify the certificate. @default 'HTTP' */
  readonly scheme?: 'HTTP' | 'HTTPS';
  /** Headers of the request. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Options of a gRPC probe. */
export interface GrpcProbeOptions {
  /** The service name in the health check request. @default '' - the server as a whole */
  readonly service?: string;
}

/** The request of a probe. */
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

/** Of the probes that say nothing of it, which are most: what is equal for all of them is made once. */
export const NO_TIMING: ProbeTiming = {};
export const NO_HEADERS: Readonly<Record<string, string>> = {};

type AnyHttpOptions = ProbeTiming & HttpProbeOptions & { readonly port?: string | number };

/**
 * A health check of a container. P is the union of the port names that it uses.
 *
 * @example
 * probes: {
 *   readiness: Probe.http('/readyz'),
 *   liveness: Probe.tcp(),
 * }
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
 */
export class Probe<out P extends string = never> {
  /** HTTP GET on the main port; a status from 200 to 399 is a success. The path begins with '/'. */
  static http(path: string, options?: ProbeTiming & HttpProbeOptions): Probe<MainPort>;
  /** HTTP GET on a port by number or name; a status from 200 to 399 is a success. */
  static http<const N extends string | number>(
    path: string,
    options: PortProbeOptions<N> & HttpProbeOptions,
  ): Probe<Extract<N, string>>;
  static http(path: string, options?: AnyHttpOptions): Probe<string> {
    if (!options) {
      return new Probe({ kind: 'http', path, port: undefined, scheme: 'HTTP', headers: NO_HEADERS }, NO_TIMING);
    }
    const { port, scheme = 'HTTP', headers = NO_HEADERS, ...timing } = options;
    return new Probe({ kind: 'http', path, port, scheme, headers }, timing);
  }

  /** Opens a TCP connection to the main port. */
  static tcp(options?: ProbeTiming): Probe<MainPort>;
  /** Opens a TCP connection to a port by number or name. */
  static tcp<const N extends string | number>(port: N, options?: ProbeTiming): Probe<Extract<N, string>>;
  static tcp(portOrOptions?: string | number | ProbeTiming, options: ProbeTiming = {}): Probe<string> {
    return typeof portOrOptions === 'object' || portOrOptions === undefined
      ? new Probe({ kind: 'tcp', port: undefined }, portOrOptions ?? NO_TIMING)
      : new Probe({ kind: 'tcp', port: portOrOptions }, options);
  }

  /** The gRPC health protocol on the main port. */
  static grpc(options?: ProbeTiming & GrpcProbeOptions): Probe<MainPort>;
  /** The gRPC health protocol on a port by number or name. */
  static grpc<const N extends string | number>(
    options: PortProbeOptions<N> & GrpcProbeOptions,
  ): Probe<Extract<N, string>>;
  static grpc(options: ProbeTiming & GrpcProbeOptions & { readonly port?: string | number } = {}): Probe<string> {
    const { service = '', port, ...timing } = options ?? {};
    return new Probe({ kind: 'grpc', service, port }, timing);
  }

  /** Runs a command in the container, without a shell; exit status 0 is a success. */
  static exec(command: readonly string[], options: ProbeTiming = {}): Probe {
    // what is no list is refused where the probe is used
    return new Probe({ kind: 'exec', command: Array.isArray(command) ? [...command] : command }, options);
  }

  /** No probe, with a reason, which becomes an annotation of the pod. */
  static none(reason: Because): Probe {
    return new Probe({ kind: 'none', because: reason?.because }, {});
  }

  /** The port names that the probe uses; exists only for the compiler. */
  declare protected readonly relies: P;

  private constructor(
    /** @internal */
    readonly question: ProbeQuestion,
    /** @internal */
    readonly timing: ProbeTiming,
  ) {}
}
