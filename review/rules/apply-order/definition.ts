import { groupOf } from '../../../kube/kinds';
import { applied, positions, reportEarly } from '../../apply-order';
import type { Rule } from '../../rule';

/** A custom resource that is applied before its definition is refused the first time. */
export const rule: Rule = {
  id: 'apply-order/definition',
  title: 'a CustomResourceDefinition is applied before its resources',
  severity: 'error',
  check: ({ inventory }, report) => {
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
      ({ manifest: { apiVersion, kind } }) => ({
        what: `CustomResourceDefinition of ${kind}`,
        at: definitions.get(`${groupOf(apiVersion)}/${kind}`),
      }),
      report,
    );
  },
};
