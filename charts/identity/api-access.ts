import { hasNoKey } from '../../kube/collections';
import { copyPlain } from '../../kube/copy';
import { ANNOTATION_PREFIX } from '../../kube/labels';
import { isPlainObject } from '../../kube/loose';
import {
  ESCALATING_RESOURCES,
  ESCALATING_VERBS,
  givesPower,
  type Power,
  VOLUME_MAKING,
  WEBHOOK_CHANGING,
} from '../../kube/rbac';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { ClusterRole, ClusterRoleBinding, ObjectMeta, PolicyRule, Role, RoleBinding } from '../core/k8s';
import { withAnnotations } from '../core/object-head';

/** A rule of a Role, as in a Kubernetes manifest. */
export interface ApiRule extends PolicyRule {
  /**
   * Why resources or verbs have the wildcard '*', why the workload may gain the permissions of others (bind, escalate, impersonate,
   * tokens of service accounts, the proxy of nodes), or why it reads the Secrets of all namespaces, creates PersistentVolumes or
   * changes webhooks; these are refused without it; resourceNames are enough for all but wildcards. Written as an annotation.
   *
   * @default - none of them
   */
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
type RuleKey = 'apiGroups' | 'resources' | 'verbs' | 'nonResourceURLs';
const OF_PATHS: readonly RuleKey[] = ['nonResourceURLs', 'verbs'];
const OF_RESOURCES: readonly RuleKey[] = ['apiGroups', 'resources', 'verbs'];
const API_GROUP = 'rbac.authorization.k8s.io';
const API_VERSION = 'rbac.authorization.k8s.io/v1';
const EXAMPLE = "write for example { apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }";

const NO_ACCESS: Required<ApiAccess> = { namespace: [], cluster: [] };

/**
 * The checked rules of a workload in the Kubernetes API. Wildcards are refused without a reason, because they grant more
 * than it needs.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
 */
export function resolveApiAccess(check: Check, given: readonly ApiRule[] | ApiAccess | undefined): Required<ApiAccess> {
  if (given === undefined || Array.isArray(given)) {
    if (given === undefined) {
      return NO_ACCESS;
    }
    checkRules(check, 'apiAccess', given, false);
    return { namespace: given, cluster: NO_ACCESS.cluster };
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
    for (const key of isOfPaths ? OF_PATHS : OF_RESOURCES) {
      checkValues(check, rule, key, place);
    }
    if (rule.because !== undefined) {
      check.because(place, rule.because);
    } else if ((rule.resourceNames?.length ?? 0) === 0) {
      checkEscalation(check, place, rule, clusterWide);
    }
  }
}

const POWERS: readonly (readonly [Power, string])[] = [
  [VOLUME_MAKING, 'which can be folders of a node'],
  [WEBHOOK_CHANGING, 'which see and change the objects of all'],
];

/** Refuses what makes an account more than it is. */
function checkEscalation(check: Check, place: string, rule: ApiRule, clusterWide: boolean): void {
  const { verbs = [], resources = [] } = rule;
  const verb = verbs.find((one) => ESCALATING_VERBS.includes(one));
  if (verb !== undefined) {
    check.fail(
      'forbidden',
      `${place}.verbs`,
      `${place}.verbs must not have '${verb}', by which it gains the permissions of others`,
      "limit it by resourceNames, or say in 'because' why it needs it",
    );
  }
  const resource = resources.find((one) => ESCALATING_RESOURCES.includes(one));
  if (resource !== undefined) {
    check.fail(
      'forbidden',
      `${place}.resources`,
      `${place}.resources must not have '${resource}', by which it gains the permissions of others`,
      "limit it by resourceNames, or say in 'because' why it needs it",
    );
  }
  if (!clusterWide) {
    return;
  }
  for (const [power, what] of POWERS) {
    if (givesPower(rule, power)) {
      check.fail(
        'forbidden',
        `${place}.resources`,
        `${place}.resources must not have '${resources.find((one) => power.resources.includes(one))}' to change, ${what}`,
        "limit it by resourceNames, or say in 'because' why it needs them",
      );
    }
  }
  const reads = verbs.some((one) => ['get', 'list', 'watch'].includes(one));
  if (reads && resources.includes('secrets') && rule.apiGroups?.includes('')) {
    check.fail(
      'forbidden',
      `${place}.resources`,
      `${place}.resources must not have 'secrets' of all namespaces, which hold the credentials of every program`,
      "write the rule in apiAccess.namespace, limit it by resourceNames, or say in 'because' why it needs them",
    );
  }
}

function checkValues(check: Check, rule: ApiRule, key: RuleKey, place: string): void {
  const values: unknown = rule[key];
  if (!Array.isArray(values) || values.length === 0) {
    const field = `${place}.${key}`;
    const problem = values === undefined ? 'required' : 'invalid';
    check.fail(problem, field, `${field} must have at least one entry`, EXAMPLE);
  }
  if (key !== 'apiGroups' && values.includes('*') && rule.because === undefined) {
    const field = `${place}.${key}`;
    check.fail(
      'forbidden',
      field,
      `${field} must not have the wildcard '*'`,
      `list the ${key} that it needs, or say in 'because' why it needs all of them`,
    );
  }
}

const hasWildcard = ({ resources = [], verbs = [], nonResourceURLs = [] }: ApiRule): boolean =>
  [...resources, ...verbs, ...nonResourceURLs].includes('*');
const isNarrow = (rule: ApiRule): boolean => !hasWildcard(rule);

function reasons(key: string, rules: readonly ApiRule[], of: (rule: ApiRule) => boolean): Record<string, string> {
  const given = rules.filter(of).flatMap(({ because }) => because ?? []);
  return given.length === 0 ? {} : { [`${ANNOTATION_PREFIX}/${key}`]: given.join('; ') };
}

/** Whether a rule is as Kubernetes has it, and without a reason. */
const isBare = (rule: ApiRule): boolean => isPlainObject(rule) && !('because' in rule);

/** The metadata with the reasons of wildcards and escalation, and the rules as Kubernetes has them. */
function granted(metadata: ObjectMeta & { name: string }, rules: readonly ApiRule[]) {
  if (rules.every(isBare)) {
    return { metadata, rules: rules.map(copyPlain) };
  }
  const given = {
    ...reasons('wildcard-because', rules, hasWildcard),
    ...reasons('escalation-because', rules, isNarrow),
  };
  return {
    metadata: hasNoKey(given) ? metadata : withAnnotations(metadata, { ...metadata.annotations, ...given }),
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
