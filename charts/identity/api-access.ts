import { copyPlain } from '../../kube/copy';
import type { Check } from '../core/check';
import type { ObjectMeta, PolicyRule, Role, RoleBinding } from '../core/k8s';

/**
 * Checks the rules of a workload in the Kubernetes API. Wildcards are refused, because they grant more than it needs.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
 */
export function checkApiAccess(check: Check, rules: readonly PolicyRule[]): void {
  for (const [i, rule] of rules.entries()) {
    for (const key of ['apiGroups', 'resources', 'verbs'] as const) {
      const values = rule[key];
      const field = `apiAccess[${i}].${key}`;
      if (!values?.length) {
        check.fail(
          values === undefined ? 'required' : 'invalid',
          field,
          `${field} must have at least one entry`,
          "write for example { apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }",
        );
      }
      if (key !== 'apiGroups' && values.includes('*')) {
        check.fail('forbidden', field, `${field} must not have the wildcard '*'`, `list the ${key} that it needs`);
      }
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
