import { groupKindOf } from '../../../kube/kinds';
import { applied, positions, reportEarly } from '../../apply-order';
import type { Rule } from '../../rule';

/** A custom resource that is applied before its definition is refused the first time. */
export const rule: Rule = {
  id: 'apply-order/definition',
  title: 'a CustomResourceDefinition is applied before its resources',
  severity: 'error',
  why: 'The API server refuses a custom resource whose kind it does not know yet. kubectl applies files by name and documents in their order, so the first apply fails, and only a second one succeeds.',
  source: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/',
  bad: `
apiVersion: example.com/v1
kind: Widget
metadata: { name: one, namespace: shop }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  names: { kind: Widget, plural: widgets }
`,
  good: `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  names: { kind: Widget, plural: widgets }
---
apiVersion: example.com/v1
kind: Widget
metadata: { name: one, namespace: shop }
`,
  check: ({ inventory }, report) => {
    if (inventory.ofKind('CustomResourceDefinition', 'apiextensions.k8s.io').length === 0) {
      return;
    }
    const ordered = applied(inventory);
    const definitions = positions(ordered, ({ manifest }) => {
      if (manifest.kind !== 'CustomResourceDefinition') {
        return undefined;
      }
      const { group, names } = (manifest.spec ?? {}) as { group?: string; names?: { kind?: string } };
      return `${group}/${names?.kind}`;
    });
    reportEarly(
      ordered,
      ({ manifest }) => definitions.get(groupKindOf(manifest)),
      ({ manifest }) => `CustomResourceDefinition of ${manifest.kind}`,
      report,
    );
  },
};
