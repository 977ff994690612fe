/**
 * Objects of the Prometheus operator, with the fields that the library writes; `customize` takes any other.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/
 */
import type { LabelSelector, NamedMeta } from '../../imports/kubernetes';

/** Where and how often Prometheus asks for metrics. */
export interface MonitorEndpoint {
  /** The name of a port: of the container in a PodMonitor, of the Service in a ServiceMonitor. */
  port: string;
  path: string;
  /** '30s'. */
  interval?: string;
  relabelings?: { action: string; sourceLabels: string[]; regex: string }[];
  [field: string]: unknown;
}
/** Prometheus scrapes pods. */
export interface PodMonitor {
  apiVersion: 'monitoring.coreos.com/v1';
  kind: 'PodMonitor';
  metadata: NamedMeta;
  spec: {
    selector: LabelSelector;
    podMetricsEndpoints: MonitorEndpoint[];
    /** The label whose value becomes the label `job` of the metrics. */
    jobLabel?: string;
    [field: string]: unknown;
  };
}
/** Prometheus scrapes the endpoints of Services. */
export interface ServiceMonitor {
  apiVersion: 'monitoring.coreos.com/v1';
  kind: 'ServiceMonitor';
  metadata: NamedMeta;
  spec: {
    selector: LabelSelector;
    endpoints: MonitorEndpoint[];
    /** The label whose value becomes the label `job` of the metrics. */
    jobLabel?: string;
    [field: string]: unknown;
  };
}
/** One alert. */
export interface AlertingRule {
  alert: string;
  /** PromQL; the alert fires for each series that it returns. */
  expr: string;
  /** '15m'. */
  for?: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}
/** Alerts of Prometheus. */
export interface PrometheusRule {
  apiVersion: 'monitoring.coreos.com/v1';
  kind: 'PrometheusRule';
  metadata: NamedMeta;
  spec: { groups: { name: string; rules: AlertingRule[] }[] };
}
