import { title } from '../../../kube/inventory';
import { rbacRules } from '../../rbac-rules';
import type { Rule } from '../../rule';

/** A role that grants everything of a kind. */
export const rule: Rule = {
  id: 'security/rbac-wildcard',
  title: 'roles name resources and verbs, not *',
  severity: 'advice',
  why: "'*' grants what is there today and what any operator adds tomorrow, Secrets and the right to escalate included.",
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: web }
rules: [{ apiGroups: [''], resources: ['*'], verbs: [get] }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: web }
rules: [{ apiGroups: [''], resources: [configmaps], verbs: [get] }]
`,
  check: ({ inventory }, report) => {
    for (const { object, rules, clusterWide } of inventory.view(rbacRules)) {
      const i = rules.findIndex(({ verbs = [], resources = [] }) => verbs.includes('*') || resources.includes('*'));
      if (i >= 0) {
        report(object, {
          field: `rules[${i}]`,
          message: `${title(object)} allows '*' ${(rules[i]!.verbs ?? []).includes('*') ? 'as a verb' : 'as a resource'}${clusterWide ? ', in every namespace where it is bound' : ''}`,
          fix: 'list the verbs and resources that the program uses',
        });
      }
    }
  },
};
