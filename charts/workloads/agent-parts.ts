import type { Check } from '../core/check';
import type { Probe } from '../core/k8s';
import type { PortModel } from '../core/ports';
import { type Metrics, type MetricsModel, resolveMetrics } from '../pods/metrics';
import { type AgentProbes, type ProbesModel, resolveProbes } from '../pods/probes';
import { sidecarPorts } from './containers/sidecar-ports';

/** Metrics of a workload without a Service, which has no named ports. */
export interface AgentMetrics extends Metrics<number> {
  /** The port number (1-65535) that serves the metrics. */
  readonly port: number;
}
/** Props of workloads without a Service. Ports are given by number. */
export interface AgentParts {
  /**
   * Liveness, and startup if it differs, and readiness if a rollout is to wait for it. Ports are numbers: Probe.tcp(9000).
   *
   * @default - required; `Probe.none({ because: '...' })` opts out
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/application.html
   */
  readonly probes?: AgentProbes;
  /** The endpoint that Prometheus scrapes. @default - not scraped */
  readonly metrics?: AgentMetrics;
}
/** The validated props of AgentParts. */
export interface AgentModel {
  readonly probes: ProbesModel;
  readonly metrics: MetricsModel | undefined;
  /** The ports that the metrics and the probes use. */
  readonly ports: readonly PortModel[];
}

/** @param ports the ports on which it is called */
export function resolveAgent(
  check: Check,
  props: AgentParts & { readonly sidecars?: readonly object[] },
  ports: readonly PortModel[] = [],
): AgentModel {
  if (props.probes === undefined) {
    check.fail(
      'required',
      'probes',
      'probes is required: liveness (when to restart)',
      "write probes: { liveness: Probe.tcp(9000) }, or Probe.none({ because: '...' }) to opt out",
    );
  }
  const metrics = props.metrics && resolveMetrics(check, props.metrics, ports);
  const probes = resolveProbes(check, props.probes, { named: ports, extra: [], open: true });
  const asked = [probes.livenessProbe, probes.readinessProbe, probes.startupProbe].flatMap(portOf);
  const tcp = [...ports, ...sidecarPorts(check, props.sidecars)].filter(({ protocol }) => protocol === 'TCP');
  const taken = new Set(tcp.map(({ port }) => port));
  const others = [...new Set(asked)].filter((port) => port !== metrics?.port && !taken.has(port));
  const own = metrics !== undefined && !taken.has(metrics.port);
  if (own && ports.some(({ name }) => name === 'metrics')) {
    check.fail(
      'duplicate',
      'metrics.port',
      `metrics.port ${metrics.port} adds a port named 'metrics', but 'port' already has one`,
      'write its number, or rename the other port',
    );
  }
  return {
    probes,
    metrics,
    ports: [
      ...ports,
      ...(own ? [tcpPort('metrics', metrics.port)] : []),
      ...others.map((port) => tcpPort(`probe-${port}`, port)),
    ],
  };
}

function portOf(probe: Probe | undefined): number[] {
  const { port } = probe?.httpGet ?? probe?.tcpSocket ?? probe?.grpc ?? {};
  return typeof port === 'number' ? [port] : [];
}

const tcpPort = (name: string, port: number): PortModel => ({ name, port, protocol: 'TCP', appProtocol: undefined });
