import type {
  AnyObject,
  ObjectMeta,
  PodMonitor,
  PrometheusRule,
  ServiceMonitor,
  VerticalPodAutoscaler,
} from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { Requirements } from '../core/requirements';
import type { Written } from '../core/written';
import { type Alerts, checkAlerts } from '../pods/alerts';
import { type AlertsModel, prometheusRule, resolveAlerts } from './alert-rules';
import { ownContainers } from './containers/containers';
import { podMonitor, resolveMonitor, serviceMonitor } from './monitor';
import type { ObjectFactory } from './objects';
import type { PodModel } from './pod';
import type { WorkloadContext } from './shape';
import { resolveVertical, verticalPodAutoscaler } from './vertical';

/** The objects by which Prometheus observes a workload, and the one that recommends its requests. */
export interface ObservedObjects {
  readonly podMonitor: KubeObject<PodMonitor> | undefined;
  readonly serviceMonitor: KubeObject<ServiceMonitor> | undefined;
  readonly prometheusRule: KubeObject<PrometheusRule> | undefined;
  readonly verticalPodAutoscaler: KubeObject<VerticalPodAutoscaler> | undefined;
}

const NO_ALERTS: AlertsModel = [];
const UNOBSERVED: ObservedObjects = {
  podMonitor: undefined,
  serviceMonitor: undefined,
  prometheusRule: undefined,
  verticalPodAutoscaler: undefined,
};

/** @param ownAlerts the prop of the workload itself, without the defaults */
export function observe(
  context: WorkloadContext,
  pod: PodModel,
  ownAlerts: boolean | Alerts | undefined,
  make: ObjectFactory,
): ObservedObjects {
  const { check, construct, props } = context;
  const { shape } = pod;
  const monitor = resolveMonitor(check, shape);
  if (props.alerts !== undefined) {
    checkAlerts(check, props.alerts);
  }
  const alerts = props.alerts
    ? resolveAlerts(check, ownAlerts, props.alerts, context, shape, certificatesOf(pod))
    : NO_ALERTS;
  const vertical = resolveVertical(check, props.verticalPodAutoscaler, shape);
  if (!monitor && alerts.length === 0 && !vertical) {
    return UNOBSERVED;
  }

  function object<T extends AnyObject>(
    apiVersion: T['apiVersion'],
    kind: T['kind'],
    because: string,
    render: (metadata: ObjectMeta & { name: string }) => T,
  ): KubeObject<Written<T>> {
    const reason = { because: `'${construct.node.path}' ${because}` };
    Requirements.add(construct, Requirements.api(`${apiVersion}/${kind}`, reason));
    return make<T>(kind, apiVersion, kind, render);
  }
  const prometheus = <T extends PodMonitor | ServiceMonitor | PrometheusRule>(
    kind: T['kind'],
    render: (metadata: ObjectMeta & { name: string }) => T,
  ) => object<T>('monitoring.coreos.com/v1', kind, 'is observed by Prometheus', render);

  return {
    podMonitor:
      monitor?.kind === 'PodMonitor' ? prometheus<PodMonitor>('PodMonitor', (m) => podMonitor(m, monitor)) : undefined,
    serviceMonitor:
      monitor?.kind === 'ServiceMonitor'
        ? prometheus<ServiceMonitor>('ServiceMonitor', (m) => serviceMonitor(m, monitor))
        : undefined,
    prometheusRule:
      alerts.length > 0 ? prometheus<PrometheusRule>('PrometheusRule', (m) => prometheusRule(m, alerts)) : undefined,
    verticalPodAutoscaler:
      vertical &&
      object<VerticalPodAutoscaler>('autoscaling.k8s.io/v1', 'VerticalPodAutoscaler', 'asks for recommendations', (m) =>
        verticalPodAutoscaler(m, vertical),
      ),
  };
}

/** The Secrets with a certificate that its containers use. */
function certificatesOf({ content, props, containers }: PodModel): readonly string[] {
  const own = ownContainers(containers);
  const mounted = [props.secretFiles ?? {}, ...own.map(({ secretFiles }) => secretFiles)].flatMap((all) =>
    Object.values(all),
  );
  const named = [content, ...own.map((one) => one.content)].flatMap(({ env }) => [...env.secrets]);
  const secrets = [...mounted, ...named].filter(({ holdsCertificate }) => holdsCertificate);
  return [...new Set(secrets.map(({ secretName }) => secretName))].sort();
}
