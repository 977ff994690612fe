import { title } from '../../../kube/inventory';
import { bindingsIn } from '../../../kube/rbac';
import { EVERYONE, HARMLESS_ROLES } from '../../rbac-rules';
import type { Rule } from '../../rule';

/** A binding to everyone. */
export const rule: Rule = {
  id: 'security/everyone',
  title: 'no binding gives permissions to everyone',
  severity: 'warning',
  why: "A binding to 'system:unauthenticated' or 'system:anonymous' opens the API server to callers without credentials, one to 'system:authenticated' to every pod.",
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: web }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: Group, name: 'system:unauthenticated' }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: web }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: Group, name: developers }]
`,
  check: ({ inventory }, report) => {
    for (const { object, roleRef, subjects } of bindingsIn(inventory)) {
      const i = subjects.findIndex(({ kind, name }) => kind !== 'ServiceAccount' && Object.hasOwn(EVERYONE, name));
      if (i >= 0 && !HARMLESS_ROLES.includes(roleRef.name ?? '')) {
        const { name } = subjects[i]!;
        report(object, {
          field: `subjects[${i}]`,
          message: `${title(object)} gives '${roleRef.name}' to '${name}', ${EVERYONE[name]}`,
          fix: 'name the users, groups or service accounts that need it',
        });
      }
    }
  },
};
