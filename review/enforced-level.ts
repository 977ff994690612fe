import type { Inventory } from '../kube/inventory';
import { POD_SECURITY_LEVELS } from '../kube/pod-security/level';
import { POD_SECURITY_LABEL } from '../kube/pod-security/namespace-levels';

const LEVELS: readonly (string | undefined)[] = POD_SECURITY_LEVELS;

/** Whether the namespace enforces at least a level, so that the API server refuses pods that break it. */
export function enforces(inventory: Inventory, namespace: string, level: 'baseline' | 'restricted'): boolean {
  const enforced = inventory.view(enforcedLevels).get(namespace);
  return LEVELS.includes(enforced) && LEVELS.indexOf(enforced) <= LEVELS.indexOf(level);
}

const enforcedLevels = (inventory: Inventory): ReadonlyMap<string, string | undefined> =>
  new Map(
    inventory
      .ofKind('Namespace', '')
      .map(({ manifest: { metadata } }) => [metadata.name, metadata.labels?.[`${POD_SECURITY_LABEL}/enforce`]]),
  );
