import { ByName } from '../kube/by-name';
import type { Inventory } from '../kube/inventory';
import { bindingsIn } from '../kube/rbac';

/** Whether the ServiceAccounts of the set mount their token, where they say it. */
export function automounts(inventory: Inventory): ByName<boolean> {
  const found = new ByName<boolean>();
  for (const { manifest, namespace } of inventory.ofKind('ServiceAccount', '')) {
    const { automountServiceAccountToken } = manifest as { readonly automountServiceAccountToken?: boolean };
    if (automountServiceAccountToken !== undefined) {
      found.set(namespace, `${manifest.metadata.name}`, automountServiceAccountToken);
    }
  }
  return found;
}

/** The accounts that a binding of the set names; 'shop/*' for a group of them. */
export function boundAccounts(inventory: Inventory): ByName<true> {
  const found = new ByName<true>();
  for (const { object, subjects } of bindingsIn(inventory)) {
    for (const subject of subjects) {
      const { kind, name = '', namespace = object.namespace } = subject;
      if (kind === 'Group' || kind === 'User') {
        found.setAt(accountOf(kind, name), true);
      } else {
        found.set(namespace, name, true);
      }
    }
  }
  return found;
}

/** Users and groups have the accounts' own names: 'system:serviceaccount:shop:web', 'system:serviceaccounts:shop'. */
const accountOf = (kind: 'Group' | 'User', name: string): string =>
  kind === 'Group'
    ? name.replace(/^system:serviceaccounts:(.*)$/, '$1/*')
    : name.replace(/^system:serviceaccount:([^:]*):(.*)$/, '$1/$2');
