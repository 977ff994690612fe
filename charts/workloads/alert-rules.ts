import type { Check } from '../core/check';
import type { AlertingRule, ObjectMeta, PrometheusRule } from '../core/k8s';
import type { ControllerKey } from '../core/place-of-field';
import { ALERT_NAMES, type AlertName, type Alerts } from '../pods/alerts';
import type { WorkloadShape } from './shape';

/** The alerts of a workload, resolved. */
export type AlertsModel = readonly AlertingRule[];

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly severity: 'critical' | 'warning';
  readonly summary: string;
  readonly description: string;
}

/** Letters and digits that Kubernetes makes names of: without vowels, so that they do not match the name of another workload. */
const RANDOM = '[bcdfghjklmnpqrstvwxz2456789]';

/** What follows the name of the workload in the names of its Jobs. */
const SUFFIX_OF_JOB: Partial<Record<ControllerKey, string>> = {
  job: '[0-9a-f]{10}',
  cronJob: '[0-9]+',
  scaledJob: `${RANDOM}{5}`,
};

/**
 * @param own the prop of the workload, in which an alert that the pattern does not have is an error
 * @param inherited the same, or the default of the tenant or app
 */
export function resolveAlerts(
  check: Check,
  own: boolean | Alerts | undefined,
  inherited: true | Alerts,
  { name, namespace }: { readonly name: string; readonly namespace: string },
  shape: WorkloadShape,
  certificates: readonly string[],
): AlertsModel {
  const known = { ...rulesOf(name, namespace, shape), ...certificateRule(namespace, certificates) };
  for (const alert of ALERT_NAMES) {
    if (typeof own === 'object' && own[alert] !== undefined && own[alert] !== 'off' && !known[alert]) {
      check.fail(
        'forbidden',
        `alerts.${alert}`,
        `alerts.${alert} must be left out: ${MISSING[alert]}`,
        `use ${Object.keys(known)
          .map((one) => `'${one}'`)
          .join(', ')}`,
      );
    }
  }
  const { labels = {}, ...severities } = inherited === true ? ({} as Alerts) : inherited;
  return ALERT_NAMES.flatMap((alert): AlertingRule[] => {
    const rule = known[alert];
    const severity = severities[alert] ?? rule?.severity;
    if (!rule || severity === undefined || severity === 'off') {
      return [];
    }
    return [
      {
        alert: rule.alert,
        expr: rule.expr,
        ...(rule.for === undefined ? {} : { for: rule.for }),
        labels: { ...labels, severity },
        annotations: { summary: rule.summary, description: rule.description },
      },
    ];
  });
}

const MISSING: Readonly<Record<AlertName, string>> = {
  notReady: 'the pods of a job run to their end',
  restarting: 'the pods of a job run to their end',
  volumeFull: 'the workload has no volumes of its own',
  atMaximum: 'the workload has no autoscaler with a maximum above its minimum',
  jobFailed: 'the workload is not a job',
  certificateExpiry: "the workload has no Secret.existing with the key 'tls.crt'",
};

export function prometheusRule(metadata: ObjectMeta & { name: string }, rules: AlertsModel): PrometheusRule {
  const copies = rules.map((rule) => ({ ...rule, labels: { ...rule.labels }, annotations: { ...rule.annotations } }));
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata,
    spec: { groups: [{ name: `${metadata.namespace}/${metadata.name}`, rules: copies }] },
  };
}

/** The rules of a pattern, on the metrics of kube-state-metrics and the kubelet. */
function rulesOf(name: string, namespace: string, shape: WorkloadShape): Partial<Record<AlertName, Rule>> {
  const title = `${namespace}/${name}`;
  const of = (label: string, op: '=' | '=~' = '=', value = name) =>
    `{namespace="${namespace}",${label}${op}"${value}"}`;
  const counts = COUNTS[shape.controller];
  if (!counts) {
    const job = `${name}-${SUFFIX_OF_JOB[shape.controller]}`;
    const failed = `kube_job_failed{namespace="${namespace}",job_name=~"${job}",condition="true"} > 0`;
    return {
      jobFailed: {
        alert: 'JobFailed',
        expr: failed,
        severity: 'warning',
        summary: `A job of ${title} failed`,
        description: `Job {{ $labels.job_name }} failed. Its pods and events say why; the alert ends when the Job is deleted.`,
      },
    };
  }
  const { ready, wanted, label, pods } = counts;
  const isRollout = shape.controller === 'rollout';
  const claims = (shape.claimNames ?? []).join('|');
  const volume = of('persistentvolumeclaim', '=~', `(${claims})-${name}-[0-9]+`);
  // kube-state-metrics counts no pods by Rollout
  const unready = `kube_pod_status_ready{namespace="${namespace}",pod=~"${name}-${pods}",condition="false"}`;
  return {
    notReady: {
      alert: 'PodsNotReady',
      expr: isRollout ? `sum(${unready}) > 0` : `${ready}${of(label)} < ${wanted}${of(label)}`,
      for: '15m',
      severity: 'warning',
      summary: `Pods of ${title} are not ready`,
      description: isRollout
        ? `{{ $value }} pods of ${title} are not ready, for 15 minutes.`
        : `Only {{ $value }} pods of ${title} are ready, fewer than declared, for 15 minutes.`,
    },
    restarting: {
      alert: 'ContainerRestarting',
      expr: `increase(kube_pod_container_status_restarts_total${of('pod', '=~', `${name}-${pods}`)}[15m]) > 3`,
      severity: 'warning',
      summary: `A container of ${title} restarts`,
      description:
        'Container {{ $labels.container }} of pod {{ $labels.pod }} restarted {{ $value | humanize }} times in 15 minutes.',
    },
    ...(claims === ''
      ? {}
      : {
          volumeFull: {
            alert: 'VolumeNearlyFull',
            expr: `kubelet_volume_stats_available_bytes${volume} / kubelet_volume_stats_capacity_bytes${volume} < 0.1`,
            for: '15m',
            severity: 'critical',
            summary: `A volume of ${title} is nearly full`,
            description: 'Volume {{ $labels.persistentvolumeclaim }} has {{ $value | humanizePercentage }} free.',
          } as const,
        }),
    ...(shape.autoscaler === undefined
      ? {}
      : {
          atMaximum: {
            alert: 'AutoscalerAtMaximum',
            expr:
              `kube_horizontalpodautoscaler_status_desired_replicas${of('horizontalpodautoscaler', '=', shape.autoscaler)}` +
              ` >= kube_horizontalpodautoscaler_spec_max_replicas${of('horizontalpodautoscaler', '=', shape.autoscaler)}`,
            for: '15m',
            severity: 'warning',
            summary: `The autoscaler of ${title} is at its maximum`,
            description: `The autoscaler of ${title} asks for its maximum of {{ $value }} replicas for 15 minutes: more load finds no more pods.`,
          } as const,
        }),
  };
}

/** The Certificates behind Secrets. Without honorLabels the namespace has another label than Prometheus gives. */
function certificateRule(namespace: string, secrets: readonly string[]): Partial<Record<AlertName, Rule>> {
  if (secrets.length === 0) {
    return {};
  }
  const ends = (label: string) =>
    `certmanager_certificate_expiration_timestamp_seconds{${label}="${namespace}",name=~"${secrets.join('|')}"}`;
  return {
    certificateExpiry: {
      alert: 'CertificateNearExpiry',
      expr: `(${ends('namespace')} or ${ends('exported_namespace')}) - time() < 14 * 24 * 3600`,
      for: '1h',
      severity: 'critical',
      summary: `A certificate in ${namespace} is near its end`,
      description: 'Certificate {{ $labels.name }} ends in {{ $value | humanizeDuration }}: it was not renewed.',
    },
  };
}

interface Counts {
  readonly ready: string;
  readonly wanted: string;
  readonly label: string;
  /** What the names of its pods have behind the name of the workload and '-', as a regular expression. */
  readonly pods: string;
}

const DEPLOYMENT: Counts = {
  ready: 'kube_deployment_status_replicas_available',
  wanted: 'kube_deployment_spec_replicas',
  label: 'deployment',
  pods: `${RANDOM}{6,10}-${RANDOM}{5}`,
};
/** By controller; jobs count none. */
const COUNTS: Partial<Record<ControllerKey, Counts>> = {
  deployment: DEPLOYMENT,
  rollout: DEPLOYMENT,
  statefulSet: {
    ready: 'kube_statefulset_status_replicas_ready',
    wanted: 'kube_statefulset_replicas',
    label: 'statefulset',
    pods: '[0-9]+',
  },
  daemonSet: {
    ready: 'kube_daemonset_status_number_ready',
    wanted: 'kube_daemonset_status_desired_number_scheduled',
    label: 'daemonset',
    pods: `${RANDOM}{5}`,
  },
};
