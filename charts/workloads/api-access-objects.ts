import type { PolicyRule, Role, RoleBinding } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { role, roleBinding } from '../identity/api-access';
import type { ObjectFactory } from './object-factory';

/** The objects that give the ServiceAccount of a workload these rights in its namespace. */
export function apiAccessObjects(
  make: ObjectFactory,
  serviceAccount: string,
  rules: readonly PolicyRule[],
): readonly [KubeObject<Role>, KubeObject<RoleBinding>] {
  return [
    make<Role>('Role', 'rbac.authorization.k8s.io/v1', 'Role', (metadata) => role(metadata, rules)),
    make<RoleBinding>('RoleBinding', 'rbac.authorization.k8s.io/v1', 'RoleBinding', (metadata) =>
      roleBinding(metadata, serviceAccount),
    ),
  ];
}
