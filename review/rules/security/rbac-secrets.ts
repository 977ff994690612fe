import type { PolicyRule } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { firstAllowing, rbacRules } from '../../rbac-rules';
import type { Rule } from '../../rule';

/** A ClusterRole that reads Secrets, unless it names them. */
export const rule: Rule = {
  id: 'security/rbac-secrets',
  title: 'roles do not read the Secrets of every namespace',
  severity: 'advice',
  why: 'list and watch return the content of all Secrets, with the credentials of every program in the cluster.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: web }
rules: [{ apiGroups: [''], resources: [secrets], verbs: [list] }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: web }
rules: [{ apiGroups: [''], resources: [secrets], resourceNames: [web], verbs: [get] }]
`,
  check: ({ inventory }, report) => {
    for (const { object, rules, clusterWide } of inventory.view(rbacRules)) {
      const open = rules.map((rule) => (rule.resourceNames?.length ? {} : rule) as PolicyRule);
      const i = clusterWide ? firstAllowing(open, ['get', 'list', 'watch'], ['secrets']) : -1;
      if (i >= 0) {
        report(object, {
          field: `rules[${i}]`,
          message: `${title(object)} allows to read the Secrets of every namespace where it is bound`,
          fix: 'write a Role in the namespace, with resourceNames',
        });
      }
    }
  },
};
