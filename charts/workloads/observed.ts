import type { AnyObject, ObjectMeta, PodMonitor, PrometheusRule, ServiceMonitor } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { Requirements } from '../core/requirements';
import { type Alerts, checkAlerts } from '../pods/alerts';
import { prometheusRule, resolveAlerts } from './alert-rules';
import { podMonitor, resolveMonitor, serviceMonitor } from './monitor';
import type { ObjectFactory } from './object-factory';
import type { WorkloadContext, WorkloadShape } from './shape';

/** The objects by which Prometheus observes a workload. */
export interface ObservedObjects {
  readonly podMonitor: KubeObject<PodMonitor> | undefined;
  readonly serviceMonitor: KubeObject<ServiceMonitor> | undefined;
  readonly prometheusRule: KubeObject<PrometheusRule> | undefined;
}

const API = 'monitoring.coreos.com/v1';

/** @param ownAlerts the prop of the workload itself, without the defaults */
export function observe(
  context: WorkloadContext,
  shape: WorkloadShape,
  ownAlerts: boolean | Alerts | undefined,
  make: ObjectFactory,
): ObservedObjects {
  const { check, construct, props } = context;
  const monitor = resolveMonitor(check, shape);
  if (props.alerts !== undefined) {
    checkAlerts(check, props.alerts);
  }
  const alerts = resolveAlerts(check, ownAlerts, props.alerts, context, shape);
  const because = `'${construct.node.path}' is observed by Prometheus`;

  function object<T extends AnyObject & { readonly apiVersion: typeof API }>(
    kind: T['kind'],
    render: (metadata: ObjectMeta & { name: string }) => T,
  ): KubeObject<T> {
    Requirements.add(construct, Requirements.api(`${API}/${kind}`, { because }));
    return make<T>(kind, API, kind, render);
  }

  return {
    podMonitor:
      monitor?.kind === 'PodMonitor' ? object<PodMonitor>('PodMonitor', (m) => podMonitor(m, monitor)) : undefined,
    serviceMonitor:
      monitor?.kind === 'ServiceMonitor'
        ? object<ServiceMonitor>('ServiceMonitor', (m) => serviceMonitor(m, monitor))
        : undefined,
    prometheusRule:
      alerts.length > 0 ? object<PrometheusRule>('PrometheusRule', (m) => prometheusRule(m, alerts)) : undefined,
  };
}
