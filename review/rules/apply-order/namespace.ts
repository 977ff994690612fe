import type { Inventory } from '../../../kube/inventory';
import { applied, fileOf, positions, reportEarly } from '../../apply-order';
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
    if (areNamespacesFirst(inventory)) {
      return;
    }
    const ordered = applied(inventory);
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

/**
 * Whether each object stands behind its Namespace, in its file or a later one: the question that is nearly always enough, and
 * needs no list in the order of the files.
 */
function areNamespacesFirst(inventory: Inventory): boolean {
  const missing = new Set<string>();
  for (const { manifest } of inventory.ofKind('Namespace', '')) {
    if (missing.has(manifest.metadata.name)) {
      return false;
    }
    missing.add(manifest.metadata.name);
  }
  const files = new Map<string, string>();
  let last: string | undefined;
  let file: string | undefined;
  for (const object of inventory.objects) {
    const { namespace, manifest } = object;
    // objects of one namespace nearly always stand together
    if (namespace !== last) {
      if (missing.has(namespace)) {
        return false;
      }
      last = namespace;
      file = files.get(namespace);
    }
    if (file !== undefined && fileOf(object) < file) {
      return false;
    }
    if (manifest.kind === 'Namespace' && manifest.apiVersion === 'v1') {
      missing.delete(manifest.metadata.name);
      files.set(manifest.metadata.name, fileOf(object));
    }
  }
  return true;
}
