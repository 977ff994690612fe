import { type AccountRole, associationsOf, irsaRolesOf } from '../eksctl/roles';
import { addTo } from '../kube/collections';
import type { Inventory, InventoryObject } from '../kube/inventory';
import type { ClusterSide } from './cluster-side';

/** Every role that the ClusterConfig gives to a service account, by 'namespace/name'. */
export function rolesByAccount({ config }: ClusterSide): ReadonlyMap<string, readonly AccountRole[]> {
  const found = new Map<string, AccountRole[]>();
  for (const role of [...associationsOf(config), ...irsaRolesOf(config)]) {
    addTo(found, role.account, role);
  }
  return found;
}

export function serviceAccounts(inventory: Inventory): readonly InventoryObject[] {
  return inventory.ofKind('ServiceAccount', '');
}

/** 'shop/web' of a ServiceAccount. */
export function accountOf({ namespace, manifest }: InventoryObject): string {
  return `${namespace}/${manifest.metadata.name}`;
}

/** Gives a service account a role without pod identity. */
export const ROLE_ANNOTATION = 'eks.amazonaws.com/role-arn';
