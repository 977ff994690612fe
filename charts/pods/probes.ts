import { describe } from '../../kube/describe';
import { keyPath } from '../../kube/text';
import type { Check } from '../core/check';
import type { Probe as KubeProbe } from '../core/k8s';
import type { MainPort, PortModel } from '../core/ports';
import { Probe, type ProbeQuestion } from './probe';

/** Probes of a workload that receives no traffic. */
export interface LivenessProbes<P extends string = never> {
  /** When it fails, the container is restarted. */
  readonly liveness: Probe<P>;
  /** Runs first; the other probes begin after its first success. @default - the liveness probe, with up to 5 min to succeed */
  readonly startup?: Probe<P>;
}
/** Probes of a workload without a Service. */
export interface AgentProbes extends LivenessProbes {
  /**
   * While it fails, a rollout waits with the next pod, and a PodDisruptionBudget counts the pod as missing.
   *
   * @default - none: a pod is ready when its container has started
   */
  readonly readiness?: Probe;
}
/**
 * Probes of a workload that receives traffic. Readiness and liveness must differ, or liveness must be at least three times
 * as patient (failures x period): otherwise a slow dependency restarts the pods instead of taking them out of traffic.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/application.html
 */
export interface ServiceProbes<P extends string = never> extends LivenessProbes<P | MainPort> {
  /** While it fails, the pod receives no traffic. */
  readonly readiness: Probe<P | MainPort>;
}

/** Rendered probes of a container, and the reasons of those that are left out. */
export interface ProbesModel {
  readonly livenessProbe: KubeProbe | undefined;
  readonly readinessProbe: KubeProbe | undefined;
  readonly startupProbe: KubeProbe | undefined;
  readonly reasons: Readonly<Record<string, string>>;
}

const STARTUP_SECONDS = 300;
const DEFAULT_PERIOD = 10;
/** How much longer liveness waits than readiness that asks the same, so that a pod is out of traffic well before its restart. */
const PATIENCE = 3;

/** The ports that a probe may use. */
export interface ProbePorts {
  /** The ports of the Service, the main port first; empty without a Service. */
  readonly named: readonly PortModel[];
  /** Other ports that the container declares. */
  readonly extra: readonly number[];
  /** Whether every port number is accepted: a workload without a Service declares no ports. */
  readonly open: boolean;
}

export function resolveProbes(
  check: Check,
  probes: ServiceProbes<string> | AgentProbes,
  ports: ProbePorts,
): ProbesModel {
  checkProbes(check, probes);
  const { liveness, readiness, startup }: { readonly [K in keyof ServiceProbes<string>]?: Probe<string> } = probes;
  if (liveness === undefined) {
    check.fail(
      'required',
      'probes.liveness',
      'probes.liveness is required: it restarts a container that hangs',
      "add liveness: Probe.http('/livez') or Probe.tcp()",
    );
  }
  const livenessProbe = render(check, 'liveness', liveness, ports);
  const readinessProbe = readiness && render(check, 'readiness', readiness, ports);
  if (readiness && isSameRequest(check, readiness, liveness, ports)) {
    const needed = PATIENCE * patience(readinessProbe);
    if (patience(livenessProbe) < needed) {
      const failures = Math.ceil(needed / (livenessProbe?.periodSeconds ?? DEFAULT_PERIOD));
      check.fail(
        'duplicate',
        'probes.liveness',
        'probes.liveness must differ from probes.readiness: a slow dependency would restart the pods instead of taking them out of traffic',
        `ask another endpoint, or be three times as patient: failures: ${failures}`,
      );
    }
  }
  const startupProbe = startup ? render(check, 'startup', startup, ports) : startupOf(livenessProbe);
  const reasons = Object.fromEntries(
    Object.entries({ liveness, readiness, startup }).flatMap(([what, probe]) =>
      probe?.question.kind === 'none' ? [[what, check.because(`probes.${what}`, probe.question.because)]] : [],
    ),
  );
  return {
    livenessProbe,
    readinessProbe,
    startupProbe,
    reasons,
  };
}

function checkProbes(check: Check, probes: object): void {
  check.keys<ServiceProbes<string>>('probes', probes, { liveness: 'object', readiness: 'object', startup: 'object' });
  for (const [what, probe] of Object.entries<unknown>(probes as Record<string, unknown>)) {
    if (probe !== undefined && !(probe instanceof Probe)) {
      check.fail(
        'type',
        `probes.${what}`,
        `probes.${what} must be a Probe, but is ${describe(probe)}`,
        "write Probe.http('/path'), Probe.tcp(), Probe.grpc(), Probe.exec([...]) or Probe.none({ because })",
      );
    }
  }
}

/** The probes of a sidecar, which are all optional. */
export function resolveSidecarProbes(
  check: Check,
  probes: { readonly [K in keyof ServiceProbes<string>]?: Probe<string> } = {},
  ports: ProbePorts,
): ProbesModel {
  checkProbes(check, probes);
  const { liveness, readiness, startup } = probes;
  const livenessProbe = liveness && render(check, 'liveness', liveness, ports);
  return {
    livenessProbe,
    readinessProbe: readiness && render(check, 'readiness', readiness, ports),
    startupProbe: startup ? render(check, 'startup', startup, ports) : startupOf(livenessProbe),
    reasons: {},
  };
}

/** The startup probe: the same request for up to five minutes. */
function startupOf(liveness: KubeProbe | undefined): KubeProbe | undefined {
  if (!liveness) {
    return undefined;
  }
  const period = liveness.periodSeconds ?? DEFAULT_PERIOD;
  return { ...liveness, failureThreshold: Math.ceil(STARTUP_SECONDS / period) };
}

function serviceOf(check: Check, what: string, service: unknown): string | undefined {
  check.typed(`probes.${what}.service`, service, 'text');
  return (service as string) || undefined;
}

/** The types of what a program without types gives. */
function checkHttp(check: Check, field: string, question: Extract<ProbeQuestion, { kind: 'http' }>): void {
  const { path, scheme, headers } = question;
  check.typed(`${field}.path`, path ?? null, 'text');
  check.oneOf(`${field}.scheme`, scheme, ['HTTP', 'HTTPS']);
  check.typed(`${field}.headers`, headers, 'map');
  for (const [name, value] of Object.entries(headers)) {
    check.typed(keyPath(`${field}.headers`, name), value ?? null, 'text');
  }
}

const isCommand = (command: unknown): boolean =>
  Array.isArray(command) &&
  command.length > 0 &&
  command.every((word) => typeof word === 'string') &&
  command[0] !== '';

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
      if (!isCommand(question.command)) {
        check.fail(
          'invalid',
          `probes.${what}.command`,
          `the command of probes.${what} must be a list of strings that is not empty, but is ${describe(question.command)}`,
          "write for example Probe.exec(['pg_isready', '-h', '127.0.0.1'])",
        );
      }
      return { ...common, exec: { command: [...question.command] } };
    case 'grpc':
      return {
        ...common,
        grpc: {
          port: portNumber(check, what, question.port, ports),
          service: serviceOf(check, what, question.service),
        },
      };
    case 'tcp':
      return { ...common, tcpSocket: { port: portNumber(check, what, question.port, ports) } };
    case 'http': {
      checkHttp(check, `probes.${what}`, question);
      if (!question.path.startsWith('/')) {
        check.fail(
          'invalid',
          `probes.${what}.path`,
          `the path of probes.${what} must begin with '/', but is '${question.path}'`,
          `write Probe.http('/${question.path}')`,
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

/** Ports are rendered as numbers, so that a reader sees whether two probes use the same port. */
function portNumber(check: Check, what: string, port: string | number | undefined, ports: ProbePorts): number {
  const [main] = ports.named;
  if (port === undefined) {
    return (
      main?.port ??
      check.fail(
        'required',
        `probes.${what}.port`,
        `probes.${what} must have a port: the workload has no main port`,
        'write the number of the port: Probe.tcp(9000), or { port: 9000 }',
      )
    );
  }
  const declared = ports.named.map((p) => `'${p.name}' (${p.port})`).join(', ');
  if (typeof port === 'number') {
    check.integer(`probes.${what}.port`, port, 1, 65535);
    if (!ports.open && !ports.named.some((p) => p.port === port) && !ports.extra.includes(port)) {
      check.fail(
        'unsupported',
        `probes.${what}.port`,
        `the port of probes.${what} must be a port of the workload, but is ${port}`,
        `use one of ${declared}, or add the port to 'port'`,
      );
    }
    return port;
  }
  const named = ports.named.find((p) => p.name === port);
  return (
    named?.port ??
    check.fail(
      'unsupported',
      `probes.${what}.port`,
      `the port of probes.${what} must be a port of the workload, but is '${port}'`,
      declared ? `use one of ${declared}` : 'write the number of the port',
    )
  );
}

/** The seconds of failures until a probe has failed. */
function patience(probe: KubeProbe | undefined): number {
  return (probe?.failureThreshold ?? 0) * (probe?.periodSeconds ?? 0);
}

function isSameRequest(check: Check, a: Probe<string>, b: Probe<string>, ports: ProbePorts): boolean {
  const [x, y] = [a.question, b.question];
  if (x.kind !== y.kind || x.kind === 'none' || subject(x) !== subject(y)) {
    return false;
  }
  return (
    !('port' in x && 'port' in y) ||
    portNumber(check, 'readiness', x.port, ports) === portNumber(check, 'liveness', y.port, ports)
  );
}

/** What a probe requests, apart from the port. */
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
