import { title } from '../../../kube/inventory';
import { selectedKeys, selectorText } from '../../../kube/label-selectors';
import { monitorTargets } from '../../monitors';
import type { Rule } from '../../rule';
import { knowledgeOf } from '../../selection';
import { services } from '../../services';

/** Prometheus then has no target, and no alert fires. */
export const rule: Rule = {
  id: 'monitors/selects-nothing',
  title: 'the selector of a ServiceMonitor or PodMonitor selects Services or pods',
  severity: 'warning',
  why: 'A ServiceMonitor selects Services by the labels of the Service, not of its pods; a PodMonitor selects pods. Without a match Prometheus scrapes nothing, and alerts on the metrics never fire.',
  source: 'https://prometheus-operator.dev/docs/developer/getting-started/',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: web:1 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: web }
spec: { selector: { matchLabels: { app: web } }, endpoints: [{ port: http }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: web:1 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, labels: { app: web } }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: web }
spec: { selector: { matchLabels: { app: web } }, endpoints: [{ port: http }] }
`,
  check: (input, report) => {
    for (const { monitor, selector, namespaces, what, selected } of monitorTargets(input.inventory)) {
      // of every namespace of a cluster a set knows nothing
      const isKnown = namespaces !== 'all' && namespaces.every((namespace) => knowledgeOf(input, namespace));
      const hasOthers =
        isKnown && (what === 'pods' || namespaces.some((name) => services(input.inventory).in(name).length > 0));
      if (hasOthers && selected.length === 0 && selectedKeys(selector).length > 0) {
        report(monitor, {
          message: `${title(monitor)} selects no ${what}: none in namespace ${namespaces.map((name) => `'${name}'`).join(', ')} has ${selectorText(selector)}`,
          field: 'spec.selector',
          fix:
            what === 'Services'
              ? 'give the Service these labels (metadata.labels), or select labels that it has'
              : 'give the pods these labels, or select labels that they have',
        });
      }
    }
  },
};
