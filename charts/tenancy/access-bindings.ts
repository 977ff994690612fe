import type { IConstruct } from 'constructs';
import type { ObjectMeta, RoleBinding } from '../core/k8s';
import { KubeObject } from '../core/kube-object';
import { type AccessLevel, LEVELS, type ResolvedAccess } from './access';

/** The bindings of groups of Kubernetes, by level; those without a group are undefined. */
export type AccessBindings = Readonly<Record<AccessLevel, KubeObject<RoleBinding> | undefined>>;

const RBAC = 'rbac.authorization.k8s.io';

/** Binds groups to the role of Kubernetes that the access policy of EKS for their level resembles. */
export function accessBindings(
  tenant: IConstruct,
  groups: ResolvedAccess['groups'],
  own: (name: string) => ObjectMeta & { name: string },
): AccessBindings {
  const binding = (level: AccessLevel) => {
    if (groups[level].length === 0) {
      return undefined;
    }
    const manifest = (): RoleBinding => ({
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata: own(`access-${level}`),
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: level },
      subjects: groups[level].map((name) => ({ apiGroup: RBAC, kind: 'Group', name })),
    });
    return new KubeObject(tenant, `RoleBinding-${level}`, manifest(), manifest);
  };
  const [admin, edit, view] = LEVELS.map(binding);
  return { admin, edit, view };
}
