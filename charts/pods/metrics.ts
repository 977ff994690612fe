import { describe } from '../../kube/describe';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { PortModel } from '../core/ports';
import type { Duration } from '../core/values';

/** The endpoint of Prometheus metrics. P: names or numbers of ports. */
export interface Metrics<P extends string | number> {
  /** Begins with '/'. @default '/metrics' */
  readonly path?: string;
  /** The name of a port, or a number (1-65535), which may be outside the Service. @default - the main port */
  readonly port?: P;
  /**
   * How Prometheus finds the endpoint. 'pod' writes a PodMonitor, 'service' a ServiceMonitor, which needs a port of the
   * Service. Both require the Prometheus operator, which a step installs.
   *
   * @default - annotations of the pods, which the usual configurations of Prometheus without the operator look for; the
   * operator ignores them
   * @see https://prometheus-operator.dev/docs/developer/getting-started/
   */
  readonly monitor?: 'pod' | 'service';
  /** How often it is scraped, in whole seconds. Requires `monitor`. @default - as Prometheus is configured */
  readonly interval?: Duration;
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
  /** undefined for annotations. */
  readonly monitor: 'pod' | 'service' | undefined;
  /** In seconds. */
  readonly interval: number | undefined;
}

const METRICS: KeyTable<Metrics<string | number>> = { path: 'text', port: true, monitor: true, interval: true };

export function resolveMetrics(
  check: Check,
  metrics: Metrics<string | number>,
  ports: readonly PortModel[],
): MetricsModel {
  check.keys<Metrics<string | number>>('metrics', metrics, METRICS);
  const path = metrics.path ?? '/metrics';
  if (!path.startsWith('/')) {
    check.fail('invalid', 'metrics.path', `metrics.path must begin with '/', but is '${path}'`, "write '/metrics'");
  }
  const monitor = { monitor: metrics.monitor, interval: intervalOf(check, metrics) };
  if (typeof metrics.port === 'number') {
    return { path, port: check.integer('metrics.port', metrics.port, 1, 65535), ...monitor };
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
      `metrics.port must be the name of a port or a number, but is ${describe(metrics.port)}`,
      names ? `use one of ${names}, or a number` : 'write the number of the port',
    );
  }
  return { path, port: port.port, ...monitor };
}

function intervalOf(check: Check, { monitor, interval }: Metrics<string | number>): number | undefined {
  if (monitor !== undefined) {
    check.oneOf('metrics.monitor', monitor, ['pod', 'service']);
  }
  if (interval === undefined) {
    return undefined;
  }
  if (monitor === undefined) {
    check.fail(
      'forbidden',
      'metrics.interval',
      'metrics.interval must not be set without metrics.monitor: annotations do not say how often a pod is scraped',
      "write monitor: 'pod', or set the interval in the configuration of Prometheus",
    );
  }
  return check.seconds('metrics.interval', interval, 1);
}

/** The annotations that the usual configurations of Prometheus and the CloudWatch agent look for. */
export function metricsAnnotations(metrics: MetricsModel): Record<string, string> {
  return {
    'prometheus.io/path': metrics.path,
    'prometheus.io/port': String(metrics.port),
    'prometheus.io/scrape': 'true',
  };
}
