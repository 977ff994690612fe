import { title } from '../../../kube/inventory';
import { listed } from '../../../kube/text';
import { monitorTargets } from '../../monitors';
import type { Rule } from '../../rule';

/** Prometheus drops targets whose port has another name. */
export const rule: Rule = {
  id: 'monitors/port',
  title: 'an endpoint of a monitor names a port of what it selects',
  severity: 'warning',
  why: 'A ServiceMonitor names ports of the Service, and a PodMonitor ports of the containers. An endpoint with another name matches no target, and its metrics are missing.',
  source: 'https://prometheus-operator.dev/docs/api-reference/api/',
  bad: `
apiVersion: v1
kind: Service
metadata: { name: web, labels: { app: web } }
spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: metrics }] }
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: web }
spec: { selector: { matchLabels: { app: web } }, endpoints: [{ port: metrics }] }
`,
  good: `
apiVersion: v1
kind: Service
metadata: { name: web, labels: { app: web } }
spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: metrics }] }
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: web }
spec: { selector: { matchLabels: { app: web } }, endpoints: [{ port: http }] }
`,
  check: ({ inventory }, report) => {
    for (const { monitor, what, selected, endpoints } of monitorTargets(inventory)) {
      const known = new Set(selected.flatMap(({ ports }) => ports));
      for (const { field, port } of endpoints) {
        if (selected.length > 0 && !known.has(port)) {
          const names = [...known].filter((name) => name !== undefined).slice(0, 5);
          report(monitor, {
            message: `${title(monitor)} scrapes port '${port}', which none of the ${what} that it selects has`,
            field,
            fix: names.length > 0 ? `write ${listed(names)}` : `give the port its name: '${port}'`,
          });
        }
      }
    }
  },
};
