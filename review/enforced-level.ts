import type { Inventory } from '../kube/inventory';

/** The levels of the Pod Security Standards, from none to all of its rules. */
const LEVELS = ['privileged', 'baseline', 'restricted'];

/** Whether the namespace enforces at least a level, so that the API server refuses pods that break it. */
export function enforces(inventory: Inventory, namespace: string, level: 'baseline' | 'restricted'): boolean {
  const enforced = inventory.view(enforcedLevels).get(namespace) ?? '';
  return LEVELS.indexOf(enforced) >= LEVELS.indexOf(level);
}

const enforcedLevels = (inventory: Inventory): ReadonlyMap<string, string | undefined> =>
  new Map(
    inventory
      .ofKind('Namespace', '')
      .map(({ manifest: { metadata } }) => [metadata.name, metadata.labels?.['pod-security.kubernetes.io/enforce']]),
  );
