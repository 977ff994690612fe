import { copyPlain } from '../../kube/copy';
import type { Check } from '../core/check';
import type { ObjectMeta, PolicyRule, Role, RoleBinding } from '../core/k8s';

/** Rules in the Kubernetes API of its own namespace. */
export function checkApiAccess(check: Check, rules: readonly PolicyRule[]): void {
  for (const rule of rules) {
    const { apiGroups, resources, verbs } = rule;
    if (!resources?.length || !verbs?.length || !apiGroups) {
      check.fail(
        'apiAccess has a rule without apiGroups, resources or verbs',
        "write all three: { apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }",
      );
    }
    if ([...resources, ...verbs].includes('*')) {
      check.fail(
        "apiAccess has a rule with '*'",
        'name the resources and verbs (EKS Best Practices Guide, Security, IAM)',
      );
    }
  }
}

export function role(metadata: ObjectMeta & { name: string }, rules: readonly PolicyRule[]): Role {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata,
    rules: rules.map(copyPlain),
  };
}

export function roleBinding(metadata: ObjectMeta & { name: string }, serviceAccount: string): RoleBinding {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
    subjects: [{ kind: 'ServiceAccount', name: serviceAccount, namespace: metadata.namespace }],
  };
}
