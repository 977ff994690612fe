import type { Check } from '../core/check';
import type { PortModel } from '../core/ports';
import { type Metrics, type MetricsModel, resolveMetrics } from '../pods/metrics';
import { type LivenessProbes, type ProbesModel, resolveProbes } from '../pods/probes';

/** Metrics of a workload without a service: the port is told by number. */
export interface AgentMetrics extends Metrics<number> {
  /** Where they are served. */
  readonly port: number;
}
/** What patterns without a service share: ports are told by number. */
export interface AgentParts {
  /** Ports by number. @default - asked for; `Probe.none(...)` declines */
  readonly probes?: LivenessProbes;
  /** With the port's number. @default - not scraped */
  readonly metrics?: AgentMetrics;
}
/** The parts, judged. */
export interface AgentModel {
  readonly probes: ProbesModel;
  readonly metrics: MetricsModel | undefined;
  readonly ports: readonly PortModel[];
}

export function resolveAgent(check: Check, props: AgentParts): AgentModel {
  if (props.probes === undefined) {
    check.fail(
      'no probes: when it is beyond help is not known',
      "write probes: { liveness: Probe.exec([...]) } or Probe.tcp(9000); Probe.none({ because: '...' }) declines",
    );
  }
  const metrics = props.metrics && resolveMetrics(check, props.metrics, []);
  const ports: PortModel[] = metrics
    ? [{ name: 'metrics', port: metrics.port, protocol: 'TCP', appProtocol: undefined }]
    : [];
  return { probes: resolveProbes(check, props.probes, { named: [], extra: [], open: true }), metrics, ports };
}
