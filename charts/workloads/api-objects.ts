import type { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { WrittenClusterRole, WrittenRole } from '../core/written';
import {
  type ApiAccess,
  clusterRole,
  clusterRoleBinding,
  clusterRoleName,
  role,
  roleBinding,
} from '../identity/api-access';
import type { ObjectFactory } from './objects';

/** Objects that grant access to the Kubernetes API; undefined without rules of their reach. */
export interface ApiObjects {
  readonly role: KubeObject<WrittenRole> | undefined;
  readonly roleBinding: KubeObject<RoleBinding> | undefined;
  readonly clusterRole: KubeObject<WrittenClusterRole> | undefined;
  readonly clusterRoleBinding: KubeObject<ClusterRoleBinding> | undefined;
}

const API_VERSION = 'rbac.authorization.k8s.io/v1';

const NONE: ApiObjects = {
  role: undefined,
  roleBinding: undefined,
  clusterRole: undefined,
  clusterRoleBinding: undefined,
};

export function apiObjects(
  { namespace: own, cluster }: Required<ApiAccess>,
  account: { readonly name: string; readonly namespace: string },
  make: ObjectFactory,
): ApiObjects {
  const has = own.length > 0;
  const hasCluster = cluster.length > 0;
  if (!has && !hasCluster) {
    return NONE;
  }
  const everywhere = hasCluster ? clusterRoleName(account.namespace, account.name) : undefined;
  return {
    role: has ? make<Role>('Role', API_VERSION, 'Role', (m) => role(m, own)) : undefined,
    roleBinding: has
      ? make<RoleBinding>('RoleBinding', API_VERSION, 'RoleBinding', (m) => roleBinding(m, account.name))
      : undefined,
    clusterRole: hasCluster
      ? make<ClusterRole>('ClusterRole', API_VERSION, 'ClusterRole', (m) => clusterRole(m, cluster), everywhere)
      : undefined,
    clusterRoleBinding: hasCluster
      ? make<ClusterRoleBinding>(
          'ClusterRoleBinding',
          API_VERSION,
          'ClusterRoleBinding',
          (m) => clusterRoleBinding(m, account),
          everywhere,
        )
      : undefined,
  };
}
