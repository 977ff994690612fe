import { title } from '../../../kube/inventory';
import { givesPower, WEBHOOK_CHANGING } from '../../../kube/rbac';
import { rbacRules } from '../../rbac-rules';
import type { Rule } from '../../rule';

/** Roles that change what the API server asks about every object. */
export const rule: Rule = {
  id: 'security/rbac-webhooks',
  title: 'roles do not change webhooks that they do not name',
  severity: 'advice',
  why: 'A webhook sees every object that it asks for, Secrets included, and a mutating one changes it. Whoever may write its configuration points it at a program of their own, or takes away the one that refuses.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: web }
rules: [{ apiGroups: [admissionregistration.k8s.io], resources: [validatingwebhookconfigurations], verbs: [patch] }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: web }
rules:
  - apiGroups: [admissionregistration.k8s.io]
    resources: [validatingwebhookconfigurations]
    resourceNames: [web]
    verbs: [patch]
`,
  check: ({ inventory }, report) => {
    for (const { object, rules, clusterWide } of inventory.view(rbacRules)) {
      const i = clusterWide ? rules.findIndex((one) => givesPower(one, WEBHOOK_CHANGING)) : -1;
      if (i >= 0) {
        report(object, {
          field: `rules[${i}]`,
          message: `${title(object)} allows ${(rules[i]!.verbs ?? []).join(', ')} on ${(rules[i]!.resources ?? []).join(', ')}, any of them`,
          fix: 'limit it by resourceNames to the one that the program keeps up to date',
        });
      }
    }
  },
};
