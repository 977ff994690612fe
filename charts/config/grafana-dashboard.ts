import { Construct } from 'constructs';
import { describe } from '../../kube/describe';
import { MANAGED_BY } from '../../kube/labels';
import { isObject } from '../../kube/loose';
import { isDnsLabel } from '../../kube/names';
import type { KeyTable } from '../../kube/values';
import { Check } from '../core/check';
import type { ConfigMap } from '../core/k8s';
import { KubeObject } from '../core/kube-object';
import { namespaceOf } from '../core/namespace';
import { checkConfigSize } from './config-map';

/** Props of a GrafanaDashboard. */
export interface GrafanaDashboardProps {
  /** The dashboard as Grafana exports it: an object, or its JSON. It has a `title`, and no `id`, which is of one Grafana. */
  readonly dashboard: object | string;
  /** The folder in Grafana, which its sidecar reads with `folderAnnotation: grafana_folder`. @default - the general folder */
  readonly folder?: string;
}

const PROPS: KeyTable<GrafanaDashboardProps> = { dashboard: true, folder: 'text' };

/**
 * A dashboard of Grafana, as a ConfigMap with the label that the sidecar of its chart looks for (kube-prometheus-stack: in
 * all namespaces). The ConfigMap keeps its name, so that a change replaces the dashboard.
 *
 * @example
 * new GrafanaDashboard(tenant, 'web', { dashboard: readFileSync('dashboards/web.json', 'utf8') });
 * @see https://github.com/grafana-community/helm-charts/tree/main/charts/grafana#sidecar-for-dashboards
 */
export class GrafanaDashboard extends Construct {
  readonly configMap: KubeObject<ConfigMap>;

  constructor(scope: Construct, id: string, props: GrafanaDashboardProps) {
    super(scope, id);
    const check = Check.of(this);
    check.keys<GrafanaDashboardProps>('props', props, PROPS);
    if (!isDnsLabel(id)) {
      check.fail(
        'invalid',
        '',
        `invalid id '${id}': the name of the ConfigMap must be at most 63 lowercase letters, digits and '-'`,
        'choose another id',
      );
    }
    const text = textOf(check, props.dashboard);
    const data = { [`${id}.json`]: text };
    checkConfigSize(check, 'dashboard', data);
    const { folder } = props;
    if (folder !== undefined) {
      check.text('folder', folder);
    }
    this.configMap = new KubeObject<ConfigMap>(this, 'ConfigMap', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: id,
        namespace: namespaceOf(this, check),
        labels: { 'app.kubernetes.io/managed-by': MANAGED_BY, grafana_dashboard: '1' },
        ...(folder === undefined ? {} : { annotations: { grafana_folder: folder } }),
      },
      data,
    });
  }
}

/** The JSON of a dashboard, checked for what Grafana refuses. */
function textOf(check: Check, given: unknown): string {
  const dashboard = typeof given === 'string' ? parsed(check, given) : given;
  if (!isObject(dashboard)) {
    check.fail(
      given === undefined ? 'required' : 'type',
      'dashboard',
      `dashboard must be an object or its JSON, but is ${describe(given)}`,
      'export it in Grafana, with JSON model',
    );
  }
  const { title, id } = dashboard as { readonly title?: unknown; readonly id?: unknown };
  if (typeof title !== 'string' || title.trim() === '') {
    check.fail(
      'required',
      'dashboard.title',
      `dashboard.title must be a string that is not empty, but is ${describe(title)}: Grafana refuses a dashboard without one`,
      'export the dashboard itself, without what is around it',
    );
  }
  if (id !== undefined && id !== null) {
    check.fail(
      'forbidden',
      'dashboard.id',
      `dashboard.id must be left out, but is ${describe(id)}: it is the number of a dashboard in one Grafana`,
      "remove it, and keep 'uid'",
    );
  }
  return check.run('dashboard', 'the JSON of dashboard', () => JSON.stringify(dashboard, undefined, 2));
}

function parsed(check: Check, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (e) {
    return check.fail(
      'invalid',
      'dashboard',
      `dashboard must be JSON, but ${(e as Error).message}`,
      'export it in Grafana, with JSON model',
    );
  }
}
