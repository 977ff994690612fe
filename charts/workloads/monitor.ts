import { NAME_LABEL, selectorLabels } from '../../kube/labels';
import type { Check } from '../core/check';
import type { MonitorEndpoint, ObjectMeta, PodMonitor, ServiceMonitor } from '../core/k8s';
import type { PortModel } from '../core/ports';
import type { MetricsModel } from '../pods/metrics';
import type { WorkloadShape } from './shape';

type Meta = ObjectMeta & { name: string };

/** The endpoint that a monitor names; undefined without `metrics.monitor`. */
export interface MonitorModel {
  readonly kind: 'PodMonitor' | 'ServiceMonitor';
  readonly endpoint: MonitorEndpoint;
}

export function resolveMonitor(check: Check, shape: WorkloadShape): MonitorModel | undefined {
  const { metrics, ports, clientPorts } = shape;
  if (metrics?.monitor === undefined) {
    return undefined;
  }
  if (metrics.monitor === 'pod') {
    return { kind: 'PodMonitor', endpoint: endpoint(metrics, portOf(ports, metrics)) };
  }
  const port = portOf(clientPorts, metrics);
  if (port === undefined) {
    const names = clientPorts.map(({ name }) => `'${name}'`).join(', ');
    check.fail(
      'forbidden',
      'metrics.monitor',
      clientPorts.length === 0
        ? "metrics.monitor must be 'pod': the workload has no Service"
        : `metrics.monitor must be 'pod': port ${metrics.port} is not one of the Service`,
      clientPorts.length === 0 ? "write monitor: 'pod'" : `write monitor: 'pod', or scrape one of ${names}`,
    );
  }
  return { kind: 'ServiceMonitor', endpoint: endpoint(metrics, port) };
}

export function podMonitor(metadata: Meta, { endpoint: own }: MonitorModel): PodMonitor {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata,
    spec: {
      jobLabel: NAME_LABEL,
      podMetricsEndpoints: [{ ...own }],
      selector: { matchLabels: selectorLabels(metadata.name) },
    },
  };
}

export function serviceMonitor(metadata: Meta, { endpoint: own }: MonitorModel): ServiceMonitor {
  // the labels also select the Service of members and that of a load balancer: each pod would be scraped twice
  const keep = { action: 'keep', sourceLabels: ['__meta_kubernetes_service_name'], regex: metadata.name };
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata,
    spec: {
      endpoints: [{ ...own, relabelings: [keep] }],
      jobLabel: NAME_LABEL,
      selector: { matchLabels: selectorLabels(metadata.name) },
    },
  };
}

function portOf(ports: readonly PortModel[], metrics: MetricsModel): PortModel | undefined {
  return ports.find(({ port, protocol }) => port === metrics.port && protocol === 'TCP');
}

function endpoint({ path, interval }: MetricsModel, port: PortModel | undefined): MonitorEndpoint {
  return {
    ...(interval === undefined ? {} : { interval: `${interval}s` }),
    path,
    port: port?.name ?? 'metrics',
  };
}
