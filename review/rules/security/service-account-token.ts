import { title } from '../../../kube/inventory';
import { podSpecField } from '../../../kube/pod-containers';
import { keyPath } from '../../../kube/text';
import { automounts, boundAccounts } from '../../account-tokens';
import type { Rule } from '../../rule';

/** A token of the Kubernetes API in a pod whose account may do nothing with it. */
export const rule: Rule = {
  id: 'security/service-account-token',
  title: 'only pods that call the Kubernetes API mount a token for it',
  severity: 'advice',
  why: 'The token of a service account is a credential of the API server. Mounted where nothing uses it, it only serves whoever breaks into the program.',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: web }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { automountServiceAccountToken: false, containers: [{ name: web, image: web }] }
`,
  check: ({ inventory }, report) => {
    const bound = inventory.view(boundAccounts);
    const accounts = inventory.view(automounts);
    for (const pod of inventory.pods) {
      if (pod.spec.automountServiceAccountToken === false) {
        continue;
      }
      const account = `${pod.namespace}/${pod.serviceAccount}`;
      const mounts = pod.spec.automountServiceAccountToken ?? accounts.named(pod.namespace, pod.serviceAccount) ?? true;
      const given = pod.spec.serviceAccountName === undefined && pod.workload?.ownAccount?.(pod.of) === true;
      if (mounts && !given && !bound.has(pod.namespace, pod.serviceAccount) && !bound.has(pod.namespace, '*')) {
        report(pod, {
          field: keyPath(podSpecField(pod), 'automountServiceAccountToken'),
          message: `the pods of ${title(pod)} mount a token for the Kubernetes API, but no binding of the set gives service account '${account}' any permissions`,
          fix: 'write automountServiceAccountToken: false',
        });
      }
    }
  },
};
