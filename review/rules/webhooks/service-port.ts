import { title } from '../../../kube/inventory';
import { calledServices } from '../../called-services';
import type { Rule } from '../../rule';
import { servicesByName } from '../../services';

/** The port is that of the Service, not of the pods. */
export const rule: Rule = {
  id: 'webhooks/service-port',
  title: 'a webhook or an aggregated API names a port of its Service',
  severity: 'error',
  why: 'The API server looks for the port, 443 by default, among those of the Service. Without it every call fails, and with failurePolicy Fail every request that needs the webhook.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#service-reference',
  bad: `
apiVersion: v1
kind: Service
metadata: { name: policy, namespace: guard }
spec: { selector: { app: policy }, ports: [{ port: 8443 }] }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: policy }
webhooks: [{ name: check.example.com, clientConfig: { service: { namespace: guard, name: policy } } }]
`,
  good: `
apiVersion: v1
kind: Service
metadata: { name: policy, namespace: guard }
spec: { selector: { app: policy }, ports: [{ port: 8443 }] }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: policy }
webhooks: [{ name: check.example.com, clientConfig: { service: { namespace: guard, name: policy, port: 8443 } } }]
`,
  check: ({ inventory }, report) => {
    for (const { object, what, namespace, name, port, field } of calledServices(inventory)) {
      const service = servicesByName(inventory).named(namespace, name);
      if (service && !service.ports.some((one) => one.port === port)) {
        const ports = service.ports.flatMap((one) => one.port ?? []);
        report(object, {
          message: `${what} of ${title(object)} calls port ${port} of ${title(service)}, which has ${ports.length > 0 ? ports.slice(0, 5).join(', ') : 'no ports'}`,
          field,
          fix: ports.length > 0 ? `write port: ${ports[0]}` : `give the Service a port ${port}`,
        });
      }
    }
  },
};
