import type { Inventory } from '../kube/inventory';

/** What annotations of Namespaces list, separated by commas, by the name of the namespace. */
export function listsOfNamespaces(inventory: Inventory, annotation: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    inventory.ofKind('Namespace', '').flatMap(({ manifest: { metadata } }) => {
      const list = metadata.annotations?.[annotation];
      return typeof list === 'string' ? [[metadata.name, list.split(',')] as const] : [];
    }),
  );
}
