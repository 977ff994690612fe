import type { RoleRef, Subject } from '../../../imports/kubernetes';
import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { bindingsIn, RBAC_GROUP } from '../../../kube/rbac';
import { listed } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';

const SUBJECTS = ['ServiceAccount', 'User', 'Group'];

/** The role of a binding, and who gets it. */
export const rule: Rule = {
  id: 'rbac/binding',
  title: 'every binding names a role that it can bind, and subjects that can be bound',
  severity: 'error',
  why: 'The API server refuses other kinds of roles and subjects, subjects of a wrong group, and service accounts without a namespace in a ClusterRoleBinding.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding',
  refusedBy: 'api-server',
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: reader }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: ServiceAccount, name: web }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: reader }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects:
  - { kind: ServiceAccount, name: web, namespace: default }
  - { kind: Group, name: readers, apiGroup: rbac.authorization.k8s.io }
`,
  check: ({ inventory }, report) => {
    for (const kind of ['RoleBinding', 'ClusterRoleBinding'] as const) {
      const roles = kind === 'RoleBinding' ? ['Role', 'ClusterRole'] : ['ClusterRole'];
      for (const { object, roleRef, subjects } of bindingsIn(inventory, kind)) {
        if (isPlain(roleRef, subjects, kind)) {
          continue;
        }
        const found = new Places(report, object);
        const add = (field: string, must: string, value: unknown, fix: string) =>
          found.add(`${field.replace(/\d+/, '')} ${value}`, {
            message: `${field} of ${title(object)} must be ${must}, but is ${describe(value)}`,
            fix,
            field,
          });
        if (roleRef.kind === undefined || (roleRef.kind === 'Role' && kind === 'ClusterRoleBinding')) {
          add(
            'roleRef.kind',
            `one of ${listed(roles)}`,
            roleRef.kind,
            "write 'ClusterRole', or bind a Role in its namespace",
          );
        }
        if (roleRef.apiGroup && roleRef.apiGroup !== RBAC_GROUP) {
          add('roleRef.apiGroup', `'${RBAC_GROUP}'`, roleRef.apiGroup, `write '${RBAC_GROUP}'`);
        }
        if (!roleRef.name) {
          add('roleRef.name', 'the name of the role', roleRef.name, 'write the name of the role');
        }
        for (const [i, { kind: subject, apiGroup, name, namespace }] of subjects.entries()) {
          const at = `subjects[${i}]`;
          if (!name) {
            add(`${at}.name`, 'the name of the subject', name, 'write its name');
          }
          if (subject === undefined) {
            add(`${at}.kind`, `one of ${listed(SUBJECTS)}`, subject, "write 'ServiceAccount'");
          } else if (subject === 'ServiceAccount') {
            if (apiGroup) {
              add(`${at}.apiGroup`, 'left out, as service accounts are of the core group', apiGroup, 'leave it out');
            }
            // in a RoleBinding it is that of the binding
            if (!namespace && kind === 'ClusterRoleBinding') {
              add(`${at}.namespace`, 'the namespace of the service account', namespace, 'write its namespace');
            }
          } else if (apiGroup && apiGroup !== RBAC_GROUP) {
            add(`${at}.apiGroup`, `'${RBAC_GROUP}'`, apiGroup, `write '${RBAC_GROUP}'`);
          }
        }
        found.finish();
      }
    }
  },
};

/** Whether a binding is as nearly all are: a role by its name, for service accounts. */
function isPlain(role: Partial<RoleRef>, subjects: readonly Subject[], kind: string): boolean {
  return (
    role.kind !== undefined &&
    (role.kind !== 'Role' || kind === 'RoleBinding') &&
    (!role.apiGroup || role.apiGroup === RBAC_GROUP) &&
    Boolean(role.name) &&
    subjects.every((one) => one.kind === 'ServiceAccount' && one.name && !one.apiGroup && one.namespace)
  );
}
