import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';

/** How urgent an alert is, as its label `severity`; 'off' leaves the alert out. */
export type AlertSeverity = 'critical' | 'warning' | 'info' | 'off';

/**
 * The alerts of a workload, each by its severity. An alert that the pattern does not have is refused.
 *
 * @see https://prometheus.io/docs/practices/alerting/
 */
export interface Alerts {
  /** Fewer pods than declared are ready for 15 minutes. Not of jobs. @default 'warning' */
  readonly notReady?: AlertSeverity;
  /** A container restarted more than three times in 15 minutes. Not of jobs. @default 'warning' */
  readonly restarting?: AlertSeverity;
  /** A volume of a member has less than 10 % free for 15 minutes. Of a StatefulService. @default 'critical' */
  readonly volumeFull?: AlertSeverity;
  /** The autoscaler asks for its maximum for 15 minutes. Of `replicas: { min, max }`. @default 'warning' */
  readonly atMaximum?: AlertSeverity;
  /** A Job failed, until it is deleted. Of jobs. @default 'warning' */
  readonly jobFailed?: AlertSeverity;
  /**
   * A certificate of cert-manager has less than 14 days left, so that its renewal has failed. Of workloads with a
   * `Secret.existing` that has the key 'tls.crt'; the Certificate is expected to have the name of its Secret. Requires that
   * Prometheus scrapes cert-manager. @default 'critical'
   */
  readonly certificateExpiry?: AlertSeverity;
  /** Labels of every alert, by which Alertmanager routes: { team: 'payments' }. @default - only `severity` */
  readonly labels?: Readonly<Record<string, string>>;
}

/** The alerts, without the labels. */
export type AlertName = Exclude<keyof Alerts, 'labels'>;

const ALERTS: KeyTable<Alerts> = {
  notReady: true,
  restarting: true,
  volumeFull: true,
  atMaximum: true,
  jobFailed: true,
  certificateExpiry: true,
  labels: 'map',
};
export const ALERT_NAMES: readonly AlertName[] = [
  'notReady',
  'restarting',
  'volumeFull',
  'atMaximum',
  'jobFailed',
  'certificateExpiry',
];

/** Checks alerts by themselves; which of them a pattern has is checked by the workload. */
export function checkAlerts(check: Check, alerts: boolean | Alerts, field = 'alerts'): void {
  if (typeof alerts === 'boolean') {
    return;
  }
  check.keys<Alerts>(field, alerts, ALERTS);
  for (const name of ALERT_NAMES) {
    if (alerts[name] !== undefined) {
      check.oneOf(`${field}.${name}`, alerts[name], ['critical', 'warning', 'info', 'off']);
    }
  }
  for (const [key, value] of Object.entries(alerts.labels ?? {})) {
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(key) || key === 'severity') {
      check.fail(
        'invalid',
        `${field}.labels['${key}']`,
        key === 'severity'
          ? `${field}.labels must not have 'severity', which each alert has of its own`
          : `a label of Prometheus must be letters, digits and '_', and begin with a letter or '_', but is '${key}'`,
        key === 'severity' ? "write notReady: 'critical'" : "write for example 'team'",
      );
    }
    check.text(`${field}.labels['${key}']`, value);
  }
}
