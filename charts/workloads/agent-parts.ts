import type { Check } from '../core/check';
import type { PortModel } from '../core/ports';
import { type Metrics, type MetricsModel, resolveMetrics } from '../pods/metrics';
import { type LivenessProbes, type ProbesModel, resolveProbes } from '../pods/probes';

/** Metrics of a workload without a Service, which has no named ports. */
export interface AgentMetrics extends Metrics<number> {
  /** The port number (1-65535) that serves the metrics. */
  readonly port: number;
}
/** Props of workloads without a Service. Ports are given by number. */
export interface AgentParts {
  /**
   * Liveness, and startup if it differs. Ports are numbers: Probe.tcp(9000).
   *
   * @default - required; `Probe.none({ because: '...' })` opts out
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/application.html
   */
  readonly probes?: LivenessProbes;
  /** The endpoint that Prometheus scrapes. @default - not scraped */
  readonly metrics?: AgentMetrics;
}
/** The validated props of AgentParts. */
export interface AgentModel {
  readonly probes: ProbesModel;
  readonly metrics: MetricsModel | undefined;
  readonly ports: readonly PortModel[];
}

export function resolveAgent(check: Check, props: AgentParts): AgentModel {
  if (props.probes === undefined) {
    check.fail(
      'required',
      'probes',
      'probes is required: liveness (when to restart)',
      "write probes: { liveness: Probe.tcp(9000) }, or Probe.none({ because: '...' }) to opt out",
    );
  }
  const metrics = props.metrics && resolveMetrics(check, props.metrics, []);
  const ports: PortModel[] = metrics
    ? [{ name: 'metrics', port: metrics.port, protocol: 'TCP', appProtocol: undefined }]
    : [];
  return { probes: resolveProbes(check, props.probes, { named: [], extra: [], open: true }), metrics, ports };
}
