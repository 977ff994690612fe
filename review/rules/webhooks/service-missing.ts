import { title } from '../../../kube/inventory';
import { calledServices } from '../../called-services';
import type { Rule } from '../../rule';
import { knowledgeOf } from '../../selection';
import { services, servicesByName } from '../../services';

/** The API server calls a Service that is not there. */
export const rule: Rule = {
  id: 'webhooks/service-missing',
  title: 'the Service of a webhook or an aggregated API is in the set',
  severity: 'warning',
  why: 'The API server fails every request that it has to ask the webhook about: with failurePolicy Fail, which is the default, no object of these kinds can be created or changed.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#service-reference',
  bad: `
apiVersion: v1
kind: Service
metadata: { name: policy, namespace: guard }
spec: { selector: { app: policy }, ports: [{ port: 443, targetPort: 8443 }] }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: policy }
webhooks: [{ name: check.example.com, clientConfig: { service: { namespace: guard, name: webhook } } }]
`,
  good: `
apiVersion: v1
kind: Service
metadata: { name: policy, namespace: guard }
spec: { selector: { app: policy }, ports: [{ port: 443, targetPort: 8443 }] }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: policy }
webhooks: [{ name: check.example.com, clientConfig: { service: { namespace: guard, name: policy } } }]
`,
  check: (input, report) => {
    const { inventory, existing } = input;
    if (!inventory.complete) {
      return;
    }
    const exists = new Set(existing.filter(({ kind }) => kind === 'Service').map((s) => `${s.namespace}/${s.name}`));
    for (const { object, what, namespace, name, field } of calledServices(inventory)) {
      const key = `${namespace}/${name}`;
      const knowledge = knowledgeOf(input, namespace);
      // a chart of definitions alone leaves the rest to another
      const isForeign = !knowledge && services(inventory).in(namespace).length === 0;
      if (servicesByName(inventory).has(namespace, name) || exists.has(key) || isForeign) {
        continue;
      }
      report(object, {
        message: `${what} of ${title(object)} calls Service '${key}', which is not in the set`,
        field,
        fix: 'write the namespace and name of the Service, or create it',
        severity: knowledge === 'own' ? 'error' : 'warning',
      });
    }
  },
};
