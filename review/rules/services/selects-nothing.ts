import { title } from '../../../kube/inventory';
import { nothingSelected } from '../../nothing-selected';
import type { Rule } from '../../rule';
import { services } from '../../services';

/** A Service without pods refuses every connection. */
export const rule: Rule = {
  id: 'services/selects-nothing',
  title: 'the selector of a Service selects pods',
  severity: 'warning',
  why: 'A Service whose selector matches no pods has no endpoints: every connection is refused, and a load balancer answers 503.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: web:1 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: wbe }, ports: [{ port: 80 }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: web:1 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`,
  check: (input, report) => {
    for (const service of services(input.inventory).everywhere()) {
      const problem =
        service.selector &&
        nothingSelected(input, service.namespace, { matchLabels: service.selector }, () => title(service));
      if (problem) {
        report(service, { ...problem, field: 'spec.selector' });
      }
    }
  },
};
