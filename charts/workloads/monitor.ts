import type { IConstruct } from 'constructs';
import { selectorLabels } from '../../kube/labels';
import type { PodMonitor } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { Requirements } from '../core/requirements';
import type { ObjectFactory } from './object-factory';
import type { WorkloadShape } from './shape';

/** The PodMonitor of `metrics: { monitor: 'pod' }`, and what it requires; undefined without it. */
export function monitorOf(
  construct: IConstruct,
  { metrics, ports }: WorkloadShape,
  make: ObjectFactory,
): KubeObject<PodMonitor> | undefined {
  if (!metrics?.monitor) {
    return undefined;
  }
  const because = `'${construct.node.path}' is scraped by a PodMonitor`;
  Requirements.add(construct, Requirements.api('monitoring.coreos.com/v1/PodMonitor', { because }));
  const { path, port: portNumber } = metrics;
  const name = ports.find(({ port }) => port === portNumber)?.name;
  // operators before 0.76 know ports by name only; a port of a sidecar may have none
  const port = name === undefined ? { portNumber } : { port: name };
  return make<PodMonitor>('PodMonitor', 'monitoring.coreos.com/v1', 'PodMonitor', (metadata) => ({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata,
    spec: {
      selector: { matchLabels: selectorLabels(metadata.name) },
      podMetricsEndpoints: [{ path, ...port }],
    },
  }));
}
