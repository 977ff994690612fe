import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { PortModel } from '../core/ports';

/** The endpoint of Prometheus metrics. P: names or numbers of ports. */
export interface Metrics<P extends string | number> {
  /** Begins with '/'. @default '/metrics' */
  readonly path?: string;
  /** The name of a port, or a number (1-65535), which may be outside the Service. @default - the main port */
  readonly port?: P;
  /**
   * 'pod' writes a PodMonitor in place of the annotations, for the Prometheus Operator, which ignores them. The cluster
   * needs the operator.
   *
   * @default - annotations
   * @see https://prometheus-operator.dev/docs/developer/getting-started/
   */
  readonly monitor?: 'pod';
}

/** The scraper that the network policies of a tenant let through to the metrics port. */
export interface Scraper {
  /** Namespace of the scraper's pods, such as 'monitoring'. */
  readonly namespace: string;
  /** Labels of the scraper's pods. @default - every pod of the namespace */
  readonly podLabels?: Readonly<Record<string, string>>;
}

/** Validated metrics: the port as a number. */
export interface MetricsModel {
  readonly path: string;
  readonly port: number;
  readonly monitor: 'pod' | undefined;
}

const METRICS: KeyTable<Metrics<string>> = { path: true, port: true, monitor: true };

export function resolveMetrics(
  check: Check,
  metrics: Metrics<string | number>,
  ports: readonly PortModel[],
): MetricsModel {
  check.keys<Metrics<string>>('metrics', metrics, METRICS);
  const path = metrics.path ?? '/metrics';
  if (!path.startsWith('/')) {
    check.fail('invalid', 'metrics.path', `metrics.path must begin with '/', but is '${path}'`, "write '/metrics'");
  }
  const { monitor } = metrics;
  if (monitor !== undefined) {
    check.oneOf('metrics.monitor', monitor, ['pod']);
  }
  if (typeof metrics.port === 'number') {
    return { path, monitor, port: check.integer('metrics.port', metrics.port, 1, 65535) };
  }
  const port = metrics.port === undefined ? ports[0] : ports.find((p) => p.name === metrics.port);
  if (!port) {
    if (metrics.port === undefined) {
      check.fail(
        'required',
        'metrics.port',
        'metrics.port is required: the workload has no main port',
        'write metrics: { port: 9090 }',
      );
    }
    const names = ports.map((p) => `'${p.name}'`).join(', ');
    check.fail(
      'unsupported',
      'metrics.port',
      `metrics.port must be the name of a port or a number, but is '${metrics.port}'`,
      names ? `use one of ${names}, or a number` : 'write the number of the port',
    );
  }
  return { path, monitor, port: port.port };
}

/** The annotations that the usual configurations of Prometheus and the CloudWatch agent look for. */
export function metricsAnnotations(metrics: MetricsModel): Record<string, string> {
  return {
    'prometheus.io/path': metrics.path,
    'prometheus.io/port': String(metrics.port),
    'prometheus.io/scrape': 'true',
  };
}
