import type { LabelSelector } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { labelSelectorOf } from '../../../kube/label-selectors';
import type { Loose } from '../../../kube/loose';
import { selects } from '../../../kube/objects';
import { admissionWebhooks, serviceOfWebhook } from '../../called-services';
import { madeNamespaces } from '../../namespaces';
import type { Rule } from '../../rule';
import { servicesByName } from '../../services';

/** Once its pods are gone, a webhook like this keeps new ones from being made. */
export const rule: Rule = {
  id: 'webhooks/own-pods',
  title: 'a webhook with failurePolicy Fail is not asked about its own pods',
  severity: 'warning',
  why: 'While no pod of the webhook runs, the API server refuses to create pods that it would have to ask it about: also those of the webhook. After a crash or a drain of all its pods none can start again until the configuration is deleted.',
  source:
    'https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/#avoid-self-mutation',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: policy, namespace: guard, labels: { app: policy } }
spec: { containers: [{ name: policy, image: policy:1 }] }
---
apiVersion: v1
kind: Service
metadata: { name: policy, namespace: guard }
spec: { selector: { app: policy }, ports: [{ port: 443 }] }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: policy }
webhooks:
  - name: check.example.com
    clientConfig: { service: { namespace: guard, name: policy } }
    rules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods] }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: policy, namespace: guard, labels: { app: policy } }
spec: { containers: [{ name: policy, image: policy:1 }] }
---
apiVersion: v1
kind: Service
metadata: { name: policy, namespace: guard }
spec: { selector: { app: policy }, ports: [{ port: 443 }] }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: policy }
webhooks:
  - name: check.example.com
    clientConfig: { service: { namespace: guard, name: policy } }
    rules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods] }]
    namespaceSelector:
      matchExpressions: [{ key: kubernetes.io/metadata.name, operator: NotIn, values: [guard] }]
`,
  check: ({ inventory }, report) => {
    for (const entry of admissionWebhooks(inventory)) {
      const { object, webhook, field } = entry;
      const called = serviceOfWebhook(entry);
      const { failurePolicy = 'Fail', rules, namespaceSelector, objectSelector, matchConditions } = webhook;
      if (!called || failurePolicy !== 'Fail' || matchConditions !== undefined || !asksAboutPods(rules)) {
        continue;
      }
      const { namespace } = called;
      const own = madeNamespaces(inventory).get(namespace) ?? { 'kubernetes.io/metadata.name': namespace };
      const pods = servicesByName(inventory).named(namespace, called.name)?.pods ?? [];
      const pod = pods.find(({ labels }) => selects(selectorOf(objectSelector), labels));
      if (pod && selects(selectorOf(namespaceSelector), own)) {
        report(object, {
          message: `webhook '${webhook.name ?? field}' of ${title(object)} with failurePolicy Fail is also asked about its own pods (${title(pod)})`,
          field: `${field}.namespaceSelector`,
          fix: `leave its namespace out: namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['${namespace}'] }] }`,
        });
      }
    }
  },
};

function selectorOf(value: unknown): LabelSelector {
  return labelSelectorOf(value) ?? {};
}

function asksAboutPods(rules: unknown): boolean {
  return (
    Array.isArray(rules) &&
    rules.some((rule: Loose) => {
      const has = (key: string, ...values: string[]) => {
        const list = rule[key];
        return Array.isArray(list) && values.some((value) => list.includes(value));
      };
      return has('apiGroups', '', '*') && has('operations', 'CREATE', '*') && has('resources', 'pods', '*', '*/*');
    })
  );
}
