import type { LabelSelector } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { nothingSelected } from '../../nothing-selected';
import type { Rule } from '../../rule';

/** A policy without pods opens and closes nothing. */
export const rule: Rule = {
  id: 'selectors/policy-selects-nothing',
  title: 'the podSelector of a NetworkPolicy selects pods',
  severity: 'warning',
  why: 'A NetworkPolicy whose podSelector matches no pods has no effect: the pods that it was written for stay open, or stay closed by another policy.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: web:1 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: wbe } }, policyTypes: [Ingress] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: web:1 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress] }
`,
  check: (input, report) => {
    for (const policy of input.inventory.ofKind('NetworkPolicy', 'networking.k8s.io')) {
      const selector = (policy.manifest.spec?.podSelector ?? {}) as LabelSelector;
      const problem = nothingSelected(input, policy.namespace, selector, () => title(policy));
      if (problem) {
        report(policy, { ...problem, severity: 'warning', field: 'spec.podSelector' });
      }
    }
  },
};
