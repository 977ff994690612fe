import { copyPlain } from '../../kube/copy';
import { ANNOTATION_PREFIX } from '../../kube/labels';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { ClusterRole, ClusterRoleBinding, ObjectMeta, PolicyRule, Role, RoleBinding } from '../core/k8s';

/** A rule of a Role, as in a Kubernetes manifest. */
export interface ApiRule extends PolicyRule {
  /** Why resources or verbs have the wildcard '*', which is refused without it. Written as an annotation. @default - no wildcard */
  readonly because?: string;
}

/** Permissions in the Kubernetes API, by their reach. */
export interface ApiAccess {
  /** In the workload's own namespace: a Role and a RoleBinding. @default - none */
  readonly namespace?: readonly ApiRule[];
  /**
   * In all namespaces, and for what has none, such as nodes: a ClusterRole and a ClusterRoleBinding. A controller that
   * watches the whole cluster needs them; everything else does with `namespace`.
   *
   * @default - none
   */
  readonly cluster?: readonly ApiRule[];
}

const ACCESS: KeyTable<ApiAccess> = { namespace: 'list', cluster: 'list' };
const RULE: KeyTable<ApiRule> = {
  apiGroups: 'texts',
  resources: 'texts',
  resourceNames: 'texts',
  verbs: 'texts',
  nonResourceURLs: 'texts',
  because: 'text',
};
const API_GROUP = 'rbac.authorization.k8s.io';
const API_VERSION = 'rbac.authorization.k8s.io/v1';
const EXAMPLE = "write for example { apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }";

/**
 * The checked rules of a workload in the Kubernetes API. Wildcards are refused without a reason, because they grant more
 * than it needs.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
 */
export function resolveApiAccess(check: Check, given: readonly ApiRule[] | ApiAccess | undefined): Required<ApiAccess> {
  if (given === undefined || Array.isArray(given)) {
    const namespace = (given ?? []) as readonly ApiRule[];
    checkRules(check, 'apiAccess', namespace, false);
    return { namespace, cluster: [] };
  }
  check.keys<ApiAccess>('apiAccess', given, ACCESS);
  const { namespace = [], cluster = [] } = given as ApiAccess;
  checkRules(check, 'apiAccess.namespace', namespace, false);
  checkRules(check, 'apiAccess.cluster', cluster, true);
  return { namespace, cluster };
}

function checkRules(check: Check, at: string, rules: readonly ApiRule[], clusterWide: boolean): void {
  check.typed(at, rules, 'list');
  for (const [i, rule] of rules.entries()) {
    const place = `${at}[${i}]`;
    check.keys<ApiRule>(place, rule, RULE);
    const isOfPaths = rule.nonResourceURLs !== undefined;
    if (isOfPaths && !clusterWide) {
      check.fail(
        'forbidden',
        `${place}.nonResourceURLs`,
        `${place}.nonResourceURLs are paths of the API server, which no namespace has`,
        'write the rule in apiAccess.cluster',
      );
    }
    const keys = isOfPaths ? (['nonResourceURLs', 'verbs'] as const) : (['apiGroups', 'resources', 'verbs'] as const);
    for (const key of keys) {
      checkValues(check, { rule, key, field: `${place}.${key}` });
    }
    if (rule.because !== undefined) {
      check.because(place, rule.because);
    }
  }
}

interface Values {
  readonly rule: ApiRule;
  readonly key: 'apiGroups' | 'resources' | 'verbs' | 'nonResourceURLs';
  readonly field: string;
}

function checkValues(check: Check, { rule, key, field }: Values): void {
  const values: unknown = rule[key];
  if (!Array.isArray(values) || values.length === 0) {
    const problem = values === undefined ? 'required' : 'invalid';
    check.fail(problem, field, `${field} must have at least one entry`, EXAMPLE);
  }
  if (key !== 'apiGroups' && values.includes('*') && rule.because === undefined) {
    check.fail(
      'forbidden',
      field,
      `${field} must not have the wildcard '*'`,
      `list the ${key} that it needs, or say in 'because' why it needs all of them`,
    );
  }
}

/** The metadata with the reasons of wildcards, and the rules as Kubernetes has them. */
function granted(metadata: ObjectMeta & { name: string }, rules: readonly ApiRule[]) {
  const reasons = rules.flatMap(({ because }) => because ?? []);
  const annotations =
    reasons.length === 0
      ? metadata.annotations
      : { ...metadata.annotations, [`${ANNOTATION_PREFIX}/wildcard-because`]: reasons.join('; ') };
  return {
    metadata: { ...metadata, annotations },
    rules: rules.map(({ because: _, ...rule }) => copyPlain(rule)),
  };
}

/** The account of a workload, as the subject of a binding. */
const subjects = (name: string, namespace: string | undefined) => [
  { kind: 'ServiceAccount' as const, name, namespace },
];

export function role(metadata: ObjectMeta & { name: string }, rules: readonly ApiRule[]): Role {
  return { apiVersion: API_VERSION, kind: 'Role', ...granted(metadata, rules) };
}

export function roleBinding(metadata: ObjectMeta & { name: string }, serviceAccount: string): RoleBinding {
  return {
    apiVersion: API_VERSION,
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: API_GROUP, kind: 'Role', name: metadata.name },
    subjects: subjects(serviceAccount, metadata.namespace),
  };
}

/** The name of both cluster-wide objects: two tenants may have workloads of one name. */
export const clusterRoleName = (namespace: string, name: string): string => `${namespace}:${name}`;

export function clusterRole(metadata: ObjectMeta & { name: string }, rules: readonly ApiRule[]): ClusterRole {
  return { apiVersion: API_VERSION, kind: 'ClusterRole', ...granted(metadata, rules) };
}

export function clusterRoleBinding(
  metadata: ObjectMeta & { name: string },
  account: { readonly name: string; readonly namespace: string },
): ClusterRoleBinding {
  return {
    apiVersion: API_VERSION,
    kind: 'ClusterRoleBinding',
    metadata,
    roleRef: { apiGroup: API_GROUP, kind: 'ClusterRole', name: metadata.name },
    subjects: subjects(account.name, account.namespace),
  };
}
