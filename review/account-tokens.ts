import type { Subject } from '../imports/kubernetes';
import type { Inventory } from '../kube/inventory';
import { bindingsIn } from '../kube/rbac';

/** Whether the ServiceAccounts of the set mount their token, by 'shop/web'. */
export const automounts = (inventory: Inventory): ReadonlyMap<string, boolean | undefined> =>
  new Map(
    inventory.ofKind('ServiceAccount', '').map(({ manifest, namespace }) => {
      const { automountServiceAccountToken } = manifest as { readonly automountServiceAccountToken?: boolean };
      return [`${namespace}/${manifest.metadata.name}`, automountServiceAccountToken];
    }),
  );

/** The accounts that a binding of the set names; 'shop/*' for a group of them. */
export const boundAccounts = (inventory: Inventory): ReadonlySet<string> =>
  new Set(
    bindingsIn(inventory).flatMap(({ object, subjects }) =>
      subjects.map((subject) => accountOf(subject, object.namespace)),
    ),
  );

/** Users and groups have the accounts' own names: 'system:serviceaccount:shop:web', 'system:serviceaccounts:shop'. */
function accountOf({ kind, name = '', namespace }: Subject, own: string): string {
  switch (kind) {
    case 'Group':
      return name.replace(/^system:serviceaccounts:(.*)$/, '$1/*');
    case 'User':
      return name.replace(/^system:serviceaccount:([^:]*):(.*)$/, '$1/$2');
    default:
      return `${namespace ?? own}/${name}`;
  }
}
