import { title } from '../../../kube/inventory';
import { firstAllowing, rbacRules } from '../../rbac-rules';
import type { Rule } from '../../rule';

/** Roles that make pods or run commands in them. */
export const rule: Rule = {
  id: 'security/rbac-pods',
  title: 'roles do not start pods or enter them',
  severity: 'advice',
  why: 'Whoever may create pods runs them with any service account of the namespace, and whoever may exec reads what they hold.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: web }
rules: [{ apiGroups: [''], resources: [pods/exec], verbs: [create] }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: web }
rules: [{ apiGroups: [''], resources: [pods, pods/log], verbs: [get, list] }]
`,
  check: ({ inventory }, report) => {
    for (const { object, rules, clusterWide } of inventory.view(rbacRules)) {
      const exec = firstAllowing(
        rules,
        ['create', 'get', '*'],
        ['pods/exec', 'pods/attach', 'pods/ephemeralcontainers'],
      );
      const i = exec >= 0 ? exec : firstAllowing(rules, ['create', '*'], ['pods']);
      if (i >= 0) {
        report(object, {
          field: `rules[${i}]`,
          message: `${title(object)} allows ${exec >= 0 ? 'to run commands in pods' : 'to create pods'}${clusterWide ? ' of every namespace where it is bound' : ''}`,
          fix: exec >= 0 ? 'leave it out; kubectl debug belongs to people' : 'let a Deployment or a Job make the pods',
        });
      }
    }
  },
};
