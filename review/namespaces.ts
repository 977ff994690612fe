import type { Inventory } from '../kube/inventory';
import type { ReviewInput } from './rule';

/**
 * The labels of every namespace that is known: of the set, over those of the cluster, since an apply leaves labels of
 * others as they are.
 */
export function namespaceLabels({
  inventory,
  existing,
}: Pick<ReviewInput, 'inventory' | 'existing'>): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const known = new Map<string, Record<string, string>>();
  const add = (name: string, labels: Readonly<Record<string, string>> = {}) =>
    known.set(name, { ...known.get(name), ...labels });
  for (const { kind, name, labels } of existing) {
    if (kind === 'Namespace') {
      add(name, labels);
    }
  }
  for (const { manifest } of inventory.ofKind('Namespace', '')) {
    add(manifest.metadata.name, manifest.metadata.labels);
  }
  return known;
}

/** The labels of the namespaces that the set makes, with the one that Kubernetes adds. */
export function madeNamespaces(inventory: Inventory): ReadonlyMap<string, Readonly<Record<string, string>>> {
  return inventory.view(made);
}

const made = (inventory: Inventory): ReadonlyMap<string, Readonly<Record<string, string>>> =>
  new Map(
    inventory
      .ofKind('Namespace', '')
      .map(({ manifest: { metadata } }) => [
        metadata.name,
        { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name },
      ]),
  );

/** What annotations of Namespaces list, separated by commas, by the name of the namespace. */
export function listsOfNamespaces(inventory: Inventory, annotation: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    inventory.ofKind('Namespace', '').flatMap(({ manifest: { metadata } }) => {
      const list = metadata.annotations?.[annotation];
      return typeof list === 'string' ? [[metadata.name, list.split(',')] as const] : [];
    }),
  );
}
