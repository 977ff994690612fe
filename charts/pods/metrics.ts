import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { PortModel } from '../core/ports';

/** Where Prometheus metrics are. P: names or numbers of ports. */
export interface Metrics<P extends string | number> {
  /** @default '/metrics' */
  readonly path?: string;
  /** A port's name, or a number outside the service. @default - the main port */
  readonly port?: P;
}

/** The scraper that may reach the metrics port through the isolation of a tenant. */
export interface Scraper {
  /** Namespace of its pods: 'monitoring'. */
  readonly namespace: string;
  /** Labels of its pods. @default - every pod of the namespace */
  readonly podLabels?: Readonly<Record<string, string>>;
}

/** Metrics, judged. */
export interface MetricsModel {
  readonly path: string;
  readonly port: number;
}

const METRICS: KeyTable<Metrics<string>> = { path: true, port: true };

export function resolveMetrics(
  check: Check,
  metrics: Metrics<string | number>,
  ports: readonly PortModel[],
): MetricsModel {
  check.keys<Metrics<string>>('metrics', metrics, METRICS);
  const path = metrics.path ?? '/metrics';
  if (!path.startsWith('/')) {
    check.fail(`metrics.path '${path}' is no path`, "begin it with '/': '/metrics'");
  }
  if (typeof metrics.port === 'number') {
    return { path, port: check.integer('metrics.port', metrics.port, 1, 65535) };
  }
  const port = metrics.port === undefined ? ports[0] : ports.find((p) => p.name === metrics.port);
  if (!port) {
    check.fail(
      metrics.port === undefined
        ? 'metrics without a port'
        : `metrics.port '${metrics.port}' is none of the workload's ports`,
      metrics.port === undefined
        ? 'write metrics: { port: 9090 }'
        : `write one of ${ports.map((p) => `'${p.name}'`).join(', ')}, or a number`,
    );
  }
  return { path, port: port.port };
}

/** The annotations that Prometheus' usual configuration, and the CloudWatch agent's, look for. */
export function metricsAnnotations(metrics: MetricsModel): Record<string, string> {
  return {
    'prometheus.io/path': metrics.path,
    'prometheus.io/port': String(metrics.port),
    'prometheus.io/scrape': 'true',
  };
}
