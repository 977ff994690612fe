import { title } from '../../../kube/inventory';
import { bindingsIn } from '../../../kube/rbac';
import type { Rule } from '../../rule';

/** A binding to the role that may do everything. */
export const rule: Rule = {
  id: 'security/cluster-admin',
  title: 'no account of the set is cluster-admin',
  severity: 'advice',
  why: 'cluster-admin may do everything in every namespace. Whoever breaks into one of its pods has the cluster.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: web }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects: [{ kind: ServiceAccount, name: web, namespace: shop }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: web }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: ServiceAccount, name: web, namespace: shop }]
`,
  check: ({ inventory }, report) => {
    for (const { object, roleRef, subjects } of bindingsIn(inventory)) {
      if (roleRef.kind === 'ClusterRole' && roleRef.name === 'cluster-admin' && subjects.length > 0) {
        report(object, {
          field: 'roleRef',
          message: `${title(object)} makes ${subjects.map(({ name }) => `'${name}'`).join(', ')} cluster-admin`,
          fix: 'bind a role with what is used; people get access by access entries of the cluster',
        });
      }
    }
  },
};
