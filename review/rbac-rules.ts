import type { PolicyRule } from '../imports/kubernetes';
import type { Inventory, InventoryObject } from '../kube/inventory';

/** The rules of a Role or ClusterRole of the set. */
export interface RoleRules {
  readonly object: InventoryObject;
  readonly rules: readonly PolicyRule[];
  /** Whether they may hold in every namespace. */
  readonly clusterWide: boolean;
}

export const rbacRules = (inventory: Inventory): readonly RoleRules[] =>
  [...inventory.ofKind('Role'), ...inventory.ofKind('ClusterRole')].map((object) => ({
    object,
    rules: (object.manifest as { readonly rules?: readonly PolicyRule[] }).rules ?? [],
    clusterWide: object.manifest.kind === 'ClusterRole',
  }));

/** The index of the first rule that allows one of the verbs on one of the resources; -1 for none. */
export function firstAllowing(
  rules: readonly PolicyRule[],
  verbs: readonly string[],
  resources: readonly string[],
): number {
  return rules.findIndex(
    (rule) =>
      (rule.resources ?? []).some((resource) => resources.includes(resource)) &&
      (rule.verbs ?? []).some((verb) => verbs.includes(verb)),
  );
}
