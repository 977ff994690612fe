import type { Inventory, InventoryObject } from '../../../kube/inventory';
import { applied, positions, reportEarly } from '../../apply-order';
import type { Rule } from '../../rule';

/** An object that is applied before its Namespace is refused the first time. */
export const rule: Rule = {
  id: 'apply-order/namespace',
  title: 'a Namespace is applied before its objects',
  severity: 'error',
  why: 'The API server refuses an object in a namespace that does not exist yet. kubectl applies files by name and documents in their order, so the first apply fails, and only a second one succeeds.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
  bad: `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop }
`,
  good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
`,
  check: ({ inventory }, report) => {
    const ordered = applied(inventory);
    if (areNamespacesFirst(inventory, ordered)) {
      return;
    }
    const namespaces = positions(ordered, ({ manifest }) =>
      manifest.kind === 'Namespace' && manifest.apiVersion === 'v1' ? manifest.metadata.name : undefined,
    );
    reportEarly(
      ordered,
      ({ namespace }) => namespaces.get(namespace),
      ({ namespace }) => `Namespace '${namespace}'`,
      report,
    );
  },
};

/** Whether no object comes before its Namespace: the question that is nearly always enough. */
function areNamespacesFirst(inventory: Inventory, ordered: readonly InventoryObject[]): boolean {
  const all = inventory.ofKind('Namespace', '');
  const missing = new Set(all.map(({ manifest }) => manifest.metadata.name));
  if (missing.size < all.length) {
    return false;
  }
  let last: string | undefined;
  for (const { namespace, manifest } of ordered) {
    // objects of one namespace nearly always stand together
    if (namespace !== last && missing.has(namespace)) {
      return false;
    }
    last = namespace;
    if (manifest.kind === 'Namespace' && manifest.apiVersion === 'v1') {
      missing.delete(manifest.metadata.name);
    }
  }
  return true;
}
