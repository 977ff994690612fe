import { title } from '../../../kube/inventory';
import { bindingsIn, clusterScopedIn, rolesIn } from '../../../kube/rbac';
import { listed } from '../../../kube/text';
import type { Rule } from '../../rule';

/** Roles of a namespace over what has none. */
export const rule: Rule = {
  id: 'rbac/cluster-scoped',
  title: 'resources without a namespace are granted by a ClusterRole and a ClusterRoleBinding',
  severity: 'warning',
  why: 'What a Role or a RoleBinding grants holds within its namespace only. Nodes, namespaces and volumes are in none, so the permission is never met and the program is forbidden to read them.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole',
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: default }
rules: [{ apiGroups: [''], resources: [pods, nodes], verbs: [get, list] }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: reader }
rules: [{ apiGroups: [''], resources: [pods, nodes], verbs: [get, list] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: reader }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader }
subjects: [{ kind: ServiceAccount, name: default, namespace: default }]
`,
  check: ({ inventory }, report) => {
    for (const { object, rules } of rolesIn(inventory, 'Role')) {
      const first = rules.findIndex((each) => clusterScopedIn(each).length > 0);
      if (first >= 0) {
        const names = rules.flatMap(clusterScopedIn);
        report(object, {
          message: `${title(object)} grants nothing of ${listed([...new Set(names)])}, which ${names.length === 1 ? 'has' : 'have'} no namespace`,
          fix: 'write a ClusterRole, and bind it by a ClusterRoleBinding; of a pattern write apiAccess: { cluster: [...] }',
          field: `rules[${first}].resources`,
        });
      }
    }
    if (rolesIn(inventory, 'ClusterRole').length === 0) {
      return;
    }
    const bound = new Set(bindingsIn(inventory, 'ClusterRoleBinding').map(({ roleRef }) => roleRef.name));
    const roles = new Map(rolesIn(inventory, 'ClusterRole').map((role) => [role.object.manifest.metadata.name, role]));
    for (const { object, roleRef } of bindingsIn(inventory, 'RoleBinding')) {
      const role =
        roleRef.kind === 'ClusterRole' && !bound.has(roleRef.name) ? roles.get(roleRef.name ?? '') : undefined;
      const names = role?.rules.flatMap(clusterScopedIn) ?? [];
      if (names.length > 0) {
        report(object, {
          message: `${title(object)} grants nothing of ${listed([...new Set(names)])} of ClusterRole '${roleRef.name}', which ${names.length === 1 ? 'has' : 'have'} no namespace`,
          fix: 'bind it by a ClusterRoleBinding',
          field: 'roleRef',
        });
      }
    }
  },
};
