import { hasInvalidQuantities, hasQuantities, invalidQuantities } from '../../../kube/counted-quantities';
import { describe } from '../../../kube/describe';
import { ofKindsInOrder } from '../../../kube/inventory';
import type { Rule } from '../../rule';

/** The API server refuses other amounts, and a quota or a capacity report that took them for zero would be too small. */
export const rule: Rule = {
  id: 'quantities/invalid',
  title: 'amounts of pods, claims and limits are Kubernetes quantities of zero or more',
  severity: 'error',
  why: 'The API server refuses any other text and amounts below zero.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec: { containers: [{ name: web, image: 'example.com/web:1.0.0', resources: { requests: { memory: 1GB } } }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec: { containers: [{ name: web, image: 'example.com/web:1.0.0', resources: { requests: { memory: 1G } } }] }
`,
  check: ({ inventory }, report) => {
    if (!hasInvalidQuantities(inventory)) {
      return;
    }
    for (const object of ofKindsInOrder(inventory, hasQuantities)) {
      for (const { field, value } of invalidQuantities(object.manifest)) {
        report(object, {
          field,
          message: `${field} must be a Kubernetes quantity of zero or more, but is ${describe(value)}`,
          fix: "write digits and a suffix of Kubernetes, such as '500m', '2' or '1.5Gi'",
        });
      }
    }
  },
};
