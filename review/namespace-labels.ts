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
