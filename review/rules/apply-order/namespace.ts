import { applied, positions, reportEarly } from '../../apply-order';
import type { Rule } from '../../rule';

/** An object that is applied before its Namespace is refused the first time. */
export const rule: Rule = {
  id: 'apply-order/namespace',
  title: 'a Namespace is applied before its objects',
  severity: 'error',
  check: ({ inventory }, report) => {
    const ordered = applied(inventory);
    const namespaces = positions(ordered, ({ manifest }) =>
      manifest.kind === 'Namespace' && manifest.apiVersion === 'v1' ? manifest.metadata.name : undefined,
    );
    reportEarly(
      ordered,
      ({ namespace }) => ({ what: `Namespace '${namespace}'`, at: namespaces.get(namespace) }),
      report,
    );
  },
};
