import { describe } from '../../kube/describe';
import { keyPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Probe as KubeProbe } from '../core/k8s';
import type { PortModel } from '../core/ports';
import { NO_HEADERS, NO_TIMING, type Probe, type ProbeQuestion, type ProbeTiming } from './probe';

/** The ports that a probe may use. */
export interface ProbePorts {
  /** The ports of the Service, the main port first; empty without a Service. */
  readonly named: readonly PortModel[];
  /** Other ports that the container declares. */
  readonly extra: readonly number[];
  /** Whether every port number is accepted: a workload without a Service declares no ports. */
  readonly open: boolean;
}

export const DEFAULT_PERIOD = 10;
const TIMING: KeyTable<ProbeTiming> = { timeout: true, period: true, failures: true };
const SCHEMES = ['HTTP', 'HTTPS'];

function serviceOf(check: Check, what: string, service: unknown): string | undefined {
  check.typed(`probes.${what}.service`, service, 'text');
  return (service as string) || undefined;
}

/** The types of what a program without types gives. */
function checkHttp(check: Check, field: string, question: Extract<ProbeQuestion, { kind: 'http' }>): void {
  const { path, scheme, headers } = question;
  check.typed(`${field}.path`, path ?? null, 'text');
  check.oneOf(`${field}.scheme`, scheme, SCHEMES);
  if (headers === NO_HEADERS) {
    return;
  }
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

const OF_REQUESTS: KubeProbe = { failureThreshold: 3, periodSeconds: DEFAULT_PERIOD, timeoutSeconds: 1 };

function timingOf(check: Check, what: string, timing: ProbeTiming, kind: ProbeQuestion['kind']): KubeProbe {
  if (timing === NO_TIMING && kind !== 'exec') {
    return OF_REQUESTS;
  }
  check.keys<ProbeTiming>(`probes.${what}`, timing, TIMING);
  const { timeout, period, failures } = timing;
  return {
    timeoutSeconds:
      timeout === undefined ? (kind === 'exec' ? 5 : 1) : check.seconds(`probes.${what}.timeout`, timeout, 1),
    periodSeconds: period === undefined ? DEFAULT_PERIOD : check.seconds(`probes.${what}.period`, period, 1),
    failureThreshold: failures === undefined ? 3 : check.integer(`probes.${what}.failures`, failures, 1),
  };
}

/** The probe of a container; undefined for none. */
export function render(check: Check, what: string, probe: Probe<string>, ports: ProbePorts): KubeProbe | undefined {
  const { question, timing } = probe;
  const { failureThreshold, periodSeconds, timeoutSeconds } = timingOf(check, what, timing, question.kind);
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
      return { exec: { command: [...question.command] }, failureThreshold, periodSeconds, timeoutSeconds };
    case 'grpc':
      return {
        failureThreshold,
        grpc: {
          port: portNumber(check, what, question.port, ports),
          service: serviceOf(check, what, question.service),
        },
        periodSeconds,
        timeoutSeconds,
      };
    case 'tcp':
      return {
        failureThreshold,
        periodSeconds,
        tcpSocket: { port: portNumber(check, what, question.port, ports) },
        timeoutSeconds,
      };
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
      const { path, scheme, headers } = question;
      const httpGet: KubeProbe['httpGet'] = { path, port: portNumber(check, what, question.port, ports) };
      if (scheme !== 'HTTP') {
        httpGet.scheme = scheme;
      }
      if (headers !== NO_HEADERS) {
        httpGet.httpHeaders = headersOf(headers);
      }
      return { failureThreshold, httpGet, periodSeconds, timeoutSeconds };
    }
  }
}

function headersOf(headers: Readonly<Record<string, string>>): { name: string; value: string }[] | undefined {
  if (headers === NO_HEADERS) {
    return undefined;
  }
  const names = Object.keys(headers);
  return names.length > 0 ? names.map((name) => ({ name, value: headers[name]! })) : undefined;
}

/** Ports are rendered as numbers, so that a reader sees whether two probes use the same port. */
export function portNumber(check: Check, what: string, port: string | number | undefined, ports: ProbePorts): number {
  const main = ports.named[0];
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
  const declared = () => ports.named.map((p) => `'${p.name}' (${p.port})`).join(', ');
  if (typeof port === 'number') {
    check.integer(`probes.${what}.port`, port, 1, 65535);
    if (!ports.open && !ports.named.some((p) => p.port === port) && !ports.extra.includes(port)) {
      check.fail(
        'unsupported',
        `probes.${what}.port`,
        `the port of probes.${what} must be a port of the workload, but is ${port}`,
        `use one of ${declared()}, or add the port to 'port'`,
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
      ports.named.length > 0 ? `use one of ${declared()}` : 'write the number of the port',
    )
  );
}
