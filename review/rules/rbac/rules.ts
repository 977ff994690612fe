import type { PolicyRule } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { rolesIn } from '../../../kube/rbac';
import { Places } from '../../places';
import type { Rule } from '../../rule';

/** Rules of roles that the API server refuses. */
export const rule: Rule = {
  id: 'rbac/rules',
  title: 'every rule of a role names verbs, and either resources or paths',
  severity: 'error',
  why: 'The API server refuses a rule without verbs, groups or resources, one with both resources and paths, and paths in a Role, as they are in no namespace.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/role-v1/',
  refusedBy: 'api-server',
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: default }
rules: [{ resources: [pods], verbs: [get] }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: default }
rules: [{ apiGroups: [''], resources: [pods], verbs: [get] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: metrics-reader }
rules: [{ nonResourceURLs: [/metrics], verbs: [get] }]
`,
  check: ({ inventory }, report) => {
    for (const { object, rules } of [...rolesIn(inventory, 'Role'), ...rolesIn(inventory, 'ClusterRole')]) {
      const found = new Places(report, object);
      rules.forEach((each, i) => {
        if (isUsual(each)) {
          return;
        }
        const { apiGroups = [], resources = [], verbs = [], nonResourceURLs = [], resourceNames = [] } = each;
        const add = (key: string, what: string, fix: string) =>
          found.add(`${key} ${what}`, {
            message: `a rule of ${title(object)} ${what}`,
            fix,
            field: `rules[${i}].${key}`,
          });
        if (verbs.length === 0) {
          add('verbs', 'has no verbs', "write verbs, such as ['get', 'list', 'watch']");
        }
        if (nonResourceURLs.length === 0) {
          if (apiGroups.length === 0) {
            add('apiGroups', 'has no API groups', "write apiGroups, [''] for the core group");
          }
          if (resources.length === 0) {
            add('resources', 'has no resources', "write resources, such as ['pods']");
          }
        } else if (object.manifest.kind === 'Role') {
          add(
            'nonResourceURLs',
            'has paths, which are in no namespace',
            'write a ClusterRole, and bind it by a ClusterRoleBinding',
          );
        } else if (apiGroups.length + resources.length + resourceNames.length > 0) {
          add('nonResourceURLs', 'has both resources and paths', 'write two rules');
        }
      });
      found.finish();
    }
  },
};

/** Whether a rule has what rules on resources have, and nothing else. */
function isUsual({ apiGroups, resources, verbs, nonResourceURLs }: PolicyRule): boolean {
  return Boolean(verbs?.length && apiGroups?.length && resources?.length && !nonResourceURLs?.length);
}
