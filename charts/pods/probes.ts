import { describe } from '../../kube/describe';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Probe as KubeProbe } from '../core/k8s';
import type { MainPort } from '../core/ports';
import { Probe, type ProbeQuestion } from './probe';
import { DEFAULT_PERIOD, type ProbePorts, portNumber, render } from './probe-rendering';

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
/** How much longer liveness waits than readiness that asks the same, so that a pod is out of traffic well before its restart. */
const PATIENCE = 3;

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
  return {
    livenessProbe,
    readinessProbe,
    startupProbe,
    reasons: reasonsOf(check, { liveness, readiness, startup }),
  };
}

const NO_REASONS: ProbesModel['reasons'] = {};

/** Why probes are missing. */
function reasonsOf(check: Check, probes: Readonly<Record<string, Probe<string> | undefined>>): ProbesModel['reasons'] {
  let reasons: Record<string, string> | undefined;
  for (const what of Object.keys(probes)) {
    const question = probes[what]?.question;
    if (question?.kind === 'none') {
      reasons ??= {};
      reasons[what] = check.because(`probes.${what}`, question.because);
    }
  }
  return reasons ?? NO_REASONS;
}

const PROBES: KeyTable<ServiceProbes<string>> = { liveness: 'object', readiness: 'object', startup: 'object' };

function checkProbes(check: Check, probes: object): void {
  check.keys<ServiceProbes<string>>('probes', probes, PROBES);
  for (const what of Object.keys(probes)) {
    const probe = (probes as Readonly<Record<string, unknown>>)[what];
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
  const startup = { ...liveness };
  startup.failureThreshold = Math.ceil(STARTUP_SECONDS / (liveness.periodSeconds ?? DEFAULT_PERIOD));
  return startup;
}

/** The seconds of failures until a probe has failed. */
function patience(probe: KubeProbe | undefined): number {
  return (probe?.failureThreshold ?? 0) * (probe?.periodSeconds ?? 0);
}

function isSameRequest(check: Check, a: Probe<string>, b: Probe<string>, ports: ProbePorts): boolean {
  const x = a.question;
  const y = b.question;
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
