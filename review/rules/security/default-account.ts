import { title } from '../../../kube/inventory';
import { podSpecField } from '../../../kube/pod-containers';
import { bindingsIn } from '../../../kube/rbac';
import { indexPath, keyPath } from '../../../kube/text';
import { automounts, boundAccounts } from '../../account-tokens';
import type { Rule } from '../../rule';

const DEFAULT = 'default';

/** Permissions of the account that pods have where they name none. */
export const rule: Rule = {
  id: 'security/default-account',
  title: "what calls the Kubernetes API has a service account of its own, not 'default'",
  severity: 'advice',
  why: "Pods that name no service account run as 'default' of their namespace, so what it may do, all of them may, also those that come later.",
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: web, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: web }
subjects: [{ kind: ServiceAccount, name: default, namespace: shop }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: web, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: web }
subjects: [{ kind: ServiceAccount, name: web, namespace: shop }]
`,
  check: ({ inventory }, report) => {
    const bound = inventory.view(boundAccounts);
    const accounts = inventory.view(automounts);
    const used = new Set<string>();
    for (const pod of inventory.pods) {
      if (pod.serviceAccount !== DEFAULT) {
        continue;
      }
      const account = `${pod.namespace}/${DEFAULT}`;
      const given = pod.workload?.ownAccount?.(pod.of) === true;
      if (given || !(bound.has(pod.namespace, DEFAULT) || bound.has(pod.namespace, '*'))) {
        continue;
      }
      // without a binding, security/service-account-token says it
      if (pod.spec.automountServiceAccountToken ?? accounts.named(pod.namespace, DEFAULT) ?? true) {
        used.add(account);
        report(pod, {
          field: keyPath(podSpecField(pod), 'serviceAccountName'),
          message: `the pods of ${title(pod)} call the Kubernetes API as '${DEFAULT}', the account of all pods of namespace '${pod.namespace}' that name none`,
          fix: 'write a ServiceAccount for them, and bind that',
        });
      }
    }
    for (const { object, subjects } of bindingsIn(inventory)) {
      for (const [i, { kind, name, namespace = object.namespace }] of subjects.entries()) {
        if (kind === 'ServiceAccount' && name === DEFAULT && !used.has(`${namespace}/${DEFAULT}`)) {
          report(object, {
            field: indexPath('subjects', i),
            message: `${title(object)} gives permissions to '${DEFAULT}', the account of all pods of namespace '${namespace}' that name none`,
            fix: 'write a ServiceAccount for the pods that need them, and bind that',
          });
        }
      }
    }
  },
};
