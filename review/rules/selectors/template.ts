import type { LabelSelector } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { selects } from '../../../kube/objects';
import { podTemplates } from '../../../kube/pod-templates';
import { workloadKind } from '../../../kube/workload-kinds';
import { workloadsIn } from '../../kinds';
import type { Rule } from '../../rule';

/** A controller must find the pods that it makes. */
export const rule: Rule = {
  id: 'selectors/template',
  title: 'the selector of a controller selects the pods of its template',
  severity: 'error',
  why: 'The API server refuses a workload without a selector, and one whose selector does not match the labels of its template.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
  refusedBy: 'api-server',
  bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: default }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [{ name: web, image: 'example.com/web:1.0.0' }] }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: default }
spec:
  selector: { matchExpressions: [{ key: app, operator: In, values: [web, shop] }] }
  template:
    metadata: { labels: { app: web, version: '2' } }
    spec: { containers: [{ name: web, image: 'example.com/web:1.0.0' }] }
`,
  check: ({ inventory }, report) => {
    for (const object of workloadsIn(inventory)) {
      const { kind, spec } = object.manifest;
      const workload = workloadKind(object.manifest);
      const isOld = workload !== undefined && kind === 'ReplicationController';
      const isManual = workload?.job === true && kind === 'Job' && spec?.manualSelector === true;
      // without a selector, a ReplicationController has the labels of its template
      if (isOld ? spec?.selector === undefined : !workload?.selects && !isManual) {
        continue;
      }
      const selector = (isOld ? { matchLabels: spec?.selector } : spec?.selector) as LabelSelector | undefined;
      const [placed] = podTemplates(object.manifest);
      const labels = placed?.template.metadata?.labels ?? {};
      const field = `${placed?.at ?? 'spec.template'}.metadata.labels`;
      const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
      if (Object.keys(matchLabels).length === 0 && matchExpressions.length === 0) {
        report(object, {
          message: `${title(object)} has no selector`,
          fix: 'write spec.selector.matchLabels with a label of its template',
          field: 'spec.selector',
        });
      } else if (!selects(selector!, labels)) {
        const missing = Object.entries(matchLabels).filter(([key, value]) => labels[key] !== value);
        const asked = missing.map(([key, value]) => `${key}=${value}`).join(', ');
        report(object, {
          message: `the selector of ${title(object)} does not match the labels of its template${asked ? `, which lacks ${asked}` : ''}`,
          fix: `write the same labels into the selector and into ${field}`,
          field,
        });
      }
    }
  },
};
