import { title } from '../../../kube/inventory';
import { keyPath, listed } from '../../../kube/text';
import { REQUIRED_LABELS } from '../../admission/rules';
import { listsOfNamespaces } from '../../namespaces';
import type { Rule } from '../../rule';

/** A pod without a label that the namespace asks for. */
export const rule: Rule = {
  id: 'metadata/required-labels',
  title: 'pods have the labels that their namespace requires',
  severity: 'error',
  why: 'The annotation of the Namespace says which labels its pods have. Costs, alerts and policies that are found by such a label miss pods without it.',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/cost-opt-observability.html',
  bad: pod('tier: front'),
  good: pod('tier: front, cost-center: "42"'),
  check: ({ inventory }, report) => {
    const lists = listsOfNamespaces(inventory, REQUIRED_LABELS);
    if (lists.size === 0) {
      return;
    }
    for (const pod of inventory.pods) {
      const missing = (lists.get(pod.namespace) ?? []).filter((label) => !Object.hasOwn(pod.labels, label));
      if (missing.length > 0) {
        report(pod, {
          message: `the pods of ${title(pod)} must have the ${missing.length === 1 ? 'label' : 'labels'} ${listed(missing)}, which namespace '${pod.namespace}' requires`,
          field: keyPath(pod.at, 'metadata.labels'),
          fix: `add ${missing.length === 1 ? 'it' : 'them'} to the labels of the pods`,
        });
      }
    }
  },
};

function pod(labels: string): string {
  return `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { cdk8s-eks-patterns.io/required-labels: 'tier,cost-center' } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { ${labels} } }
spec: { containers: [{ name: web, image: 'web:1.4.2' }] }
`;
}
