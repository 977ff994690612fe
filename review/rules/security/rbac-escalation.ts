import { title } from '../../../kube/inventory';
import { ESCALATING_RESOURCES, ESCALATING_VERBS } from '../../../kube/rbac';
import { firstAllowing, rbacRules } from '../../rbac-rules';
import type { Rule } from '../../rule';

/** Verbs and resources by which an account takes the permissions of others. */
export const rule: Rule = {
  id: 'security/rbac-escalation',
  title: 'roles do not grant the means to gain more permissions',
  severity: 'advice',
  why: 'With bind, escalate or impersonate, with tokens of service accounts, or with the proxy of nodes an account can become any other one, cluster-admin included.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: web }
rules: [{ apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind] }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: web }
rules: [{ apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [get] }]
`,
  check: ({ inventory }, report) => {
    for (const { object, rules, clusterWide } of inventory.view(rbacRules)) {
      const byVerb = rules.findIndex(({ verbs = [] }) => verbs.some((verb) => ESCALATING_VERBS.includes(verb)));
      const i = byVerb >= 0 ? byVerb : firstAllowing(rules, ['create', 'update', 'patch', 'get'], ESCALATING_RESOURCES);
      if (i >= 0) {
        const { verbs = [], resources = [] } = rules[i]!;
        report(object, {
          field: `rules[${i}]`,
          message: `${title(object)} allows ${verbs.join(', ')} on ${resources.join(', ')}${clusterWide ? '' : ' of its namespace'}, by which its subjects can gain other permissions`,
          fix: 'leave it out, or limit it by resourceNames',
        });
      }
    }
  },
};
