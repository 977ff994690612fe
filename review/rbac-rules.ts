import type { PolicyRule } from '../imports/kubernetes';
import type { Inventory } from '../kube/inventory';
import { type RoleObject, rolesIn } from '../kube/rbac';

/** The Roles and ClusterRoles of the set. */
export function rbacRules(inventory: Inventory): readonly RoleObject[] {
  const [own, wide] = [rolesIn(inventory, 'Role'), rolesIn(inventory, 'ClusterRole')];
  return wide.length === 0 ? own : own.concat(wide);
}

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

/** Subjects that stand for everybody, or pass by RBAC. */
export const EVERYONE: Readonly<Record<string, string>> = {
  'system:anonymous': 'every caller without credentials',
  'system:unauthenticated': 'every caller without credentials',
  'system:authenticated': 'every user and every pod of the cluster',
  'system:serviceaccounts': 'every pod of the cluster',
  'system:masters': 'a group that no authorization limits',
};
/** What EKS itself lets everybody read: versions and health. */
export const HARMLESS_ROLES = ['system:public-info-viewer', 'system:discovery', 'system:basic-user'];
