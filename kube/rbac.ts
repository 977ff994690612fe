import type { ClusterRole, PolicyRule, RoleRef, Subject } from '../imports/kubernetes';
import { type ApiResource, apiResources } from './api/resources';
import type { Inventory, InventoryObject } from './inventory';

export const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** A Role or a ClusterRole with its rules. */
export interface RoleObject {
  readonly object: InventoryObject;
  readonly rules: readonly PolicyRule[];
  /** Whether they may hold in every namespace. */
  readonly clusterWide: boolean;
}

/** A RoleBinding or a ClusterRoleBinding. */
export interface BindingObject {
  readonly object: InventoryObject;
  readonly roleRef: Partial<RoleRef>;
  readonly subjects: readonly Subject[];
}

export function rolesIn(inventory: Inventory, kind: 'Role' | 'ClusterRole'): readonly RoleObject[] {
  return inventory.view(kind === 'Role' ? roles : clusterRoles);
}

const roles = (inventory: Inventory) => inventory.ofKind('Role', RBAC_GROUP).map(roleObject);
const clusterRoles = (inventory: Inventory) => inventory.ofKind('ClusterRole', RBAC_GROUP).map(roleObject);

const NO_RULES: readonly PolicyRule[] = [];

function roleObject(object: InventoryObject): RoleObject {
  const { kind, rules = NO_RULES } = object.manifest as unknown as ClusterRole;
  return { object, rules, clusterWide: kind === 'ClusterRole' };
}

type BindingKind = 'ClusterRoleBinding' | 'RoleBinding';

/** @param kind - By default both. */
export function bindingsIn(inventory: Inventory, kind?: BindingKind): readonly BindingObject[] {
  return inventory.view(kind === undefined ? allBindings : kind === 'RoleBinding' ? roleBindings : clusterRoleBindings);
}

const roleBindings = (inventory: Inventory) => inventory.ofKind('RoleBinding', RBAC_GROUP).map(bindingObject);
const clusterRoleBindings = (inventory: Inventory) =>
  inventory.ofKind('ClusterRoleBinding', RBAC_GROUP).map(bindingObject);
const allBindings = (inventory: Inventory) => inventory.view(clusterRoleBindings).concat(inventory.view(roleBindings));

function bindingObject(object: InventoryObject): BindingObject {
  const { roleRef = {}, subjects = [] } = object.manifest as unknown as Partial<BindingObject>;
  return { object, roleRef, subjects };
}

/** What requests may do with every resource, and what authorization asks beside for some. */
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];
const SPECIAL_VERBS = ['use', 'bind', 'escalate', 'impersonate', 'approve', 'sign', 'attest', 'proxy'];

export const REQUEST_VERBS: readonly string[] = VERBS;

/** By these verbs, or by these resources, an account gains the permissions of others. */
export const ESCALATING_VERBS: readonly string[] = ['bind', 'escalate', 'impersonate'];
export const ESCALATING_RESOURCES: readonly string[] = [
  'serviceaccounts/token',
  'nodes/proxy',
  'certificatesigningrequests/approval',
];

/** What is more than it looks like, where no names limit it. */
export interface Power {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** A volume can be a folder of a node. */
export const VOLUME_MAKING: Power = { group: '', resources: ['persistentvolumes'], verbs: ['create', '*'] };

/** A webhook or a policy sees, changes and refuses the objects of all. */
export const WEBHOOK_CHANGING: Power = {
  group: 'admissionregistration.k8s.io',
  resources: [
    'mutatingwebhookconfigurations',
    'validatingwebhookconfigurations',
    'mutatingadmissionpolicies',
    'mutatingadmissionpolicybindings',
  ],
  verbs: ['create', 'update', 'patch', 'delete', 'deletecollection', '*'],
};

/** Whether a rule gives a power, over all objects. */
export function givesPower(rule: Partial<PolicyRule>, { group, resources, verbs }: Power): boolean {
  const has = (values: readonly string[] | undefined, wanted: readonly string[]) =>
    values?.some((value) => wanted.includes(value)) ?? false;
  return (
    (rule.resourceNames?.length ?? 0) === 0 &&
    has(rule.apiGroups, [group, '*']) &&
    has(rule.resources, resources) &&
    has(rule.verbs, verbs)
  );
}

/** Verbs with a colon are of authorization beside the API: 'impersonate:user-info'. */
export const isVerb = (verb: string): boolean =>
  verb === '*' || verb.includes(':') || VERBS.includes(verb) || SPECIAL_VERBS.includes(verb);

/** Whether a group is of Kubernetes, so that all its resources are known. */
export const isApiGroup = (group: string): boolean => apiResources().has(group) || group === 'extensions';

/** The resources that a rule names 'pods' or 'pods/log' by; empty where its groups have none. */
export function resourcesNamed(name: string, groups: readonly string[]): readonly ApiResource[] {
  const resource = withoutSubresource(name);
  const found: ApiResource[] = [];
  for (const group of groups) {
    const one = apiResources().get(group)?.get(resource);
    if (one) {
      found.push(one);
    }
  }
  return found;
}

/** Whether a rule is as nearly all are: of known groups, resources, without a part of them, and verbs. */
export function isPlainRule({ apiGroups, resources, verbs, resourceNames, nonResourceURLs }: PolicyRule): boolean {
  return (
    apiGroups !== undefined &&
    apiGroups.length > 0 &&
    nonResourceURLs === undefined &&
    resourceNames === undefined &&
    apiGroups.every(isApiGroup) &&
    (resources === undefined || resources.every((name) => isResource(name, apiGroups))) &&
    verbs?.every(isVerb) !== false
  );
}

function isResource(name: string, groups: readonly string[]): boolean {
  for (const group of groups) {
    if (apiResources().get(group)?.has(name)) {
      return true;
    }
  }
  return false;
}

function withoutSubresource(name: string): string {
  const slash = name.indexOf('/');
  return slash < 0 ? name : name.slice(0, slash);
}

/** What a rule names of resources that have no namespace, so that it grants nothing within one. */
export function clusterScopedIn({ apiGroups = [], resources = [], verbs = [] }: PolicyRule): readonly string[] {
  if (!mayBeClusterScoped(resources, apiGroups) || !apiGroups.every(isApiGroup)) {
    return NO_NAMES;
  }
  return resources.filter((name) => {
    const found = resourcesNamed(name, apiGroups);
    if (found.length === 0 || found.some(({ namespaced }) => namespaced)) {
      return false;
    }
    // a namespace itself is looked up within itself
    const self =
      withoutSubresource(name) === 'namespaces' && verbs.some((verb) => !['list', 'watch', 'create'].includes(verb));
    return !self;
  });
}

const NO_NAMES: readonly string[] = [];

/** Whether a group has a resource of one of the names that has no namespace. */
function mayBeClusterScoped(names: readonly string[], groups: readonly string[]): boolean {
  for (const group of groups) {
    const known = apiResources().get(group);
    for (const name of names) {
      if (known?.get(withoutSubresource(name))?.namespaced === false) {
        return true;
      }
    }
  }
  return false;
}
