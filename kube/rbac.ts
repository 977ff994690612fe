import type { ClusterRole, PolicyRule, RoleRef, Subject } from '../imports/kubernetes';
import { type ApiResource, apiResources } from './api/resources';
import type { Inventory, InventoryObject } from './inventory';

export const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** A Role or a ClusterRole with its rules. */
export interface RoleObject {
  readonly object: InventoryObject;
  readonly rules: readonly PolicyRule[];
}

/** A RoleBinding or a ClusterRoleBinding. */
export interface BindingObject {
  readonly object: InventoryObject;
  readonly roleRef: Partial<RoleRef>;
  readonly subjects: readonly Subject[];
}

export function rolesIn(inventory: Inventory, kind: 'Role' | 'ClusterRole'): readonly RoleObject[] {
  return inventory.ofKind(kind, RBAC_GROUP).map((object) => ({
    object,
    rules: (object.manifest as unknown as ClusterRole).rules ?? [],
  }));
}

const BINDING_KINDS = ['ClusterRoleBinding', 'RoleBinding'] as const;

/** @param kinds - By default both. */
export function bindingsIn(
  inventory: Inventory,
  kinds: readonly (typeof BINDING_KINDS)[number][] = BINDING_KINDS,
): readonly BindingObject[] {
  return kinds.flatMap((kind) =>
    inventory.ofKind(kind, RBAC_GROUP).map((object) => {
      const { roleRef = {}, subjects = [] } = object.manifest as unknown as Partial<BindingObject>;
      return { object, roleRef, subjects };
    }),
  );
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
  const [resource = ''] = name.split('/');
  return groups.flatMap((group) => apiResources().get(group)?.get(resource) ?? []);
}

/** What a rule names of resources that have no namespace, so that it grants nothing within one. */
export function clusterScopedIn({ apiGroups = [], resources = [], verbs = [] }: PolicyRule): readonly string[] {
  if (!apiGroups.every(isApiGroup)) {
    return [];
  }
  return resources.filter((name) => {
    const found = resourcesNamed(name, apiGroups);
    // a namespace itself is looked up within itself
    const self =
      name.split('/')[0] === 'namespaces' && verbs.some((verb) => !['list', 'watch', 'create'].includes(verb));
    return found.length > 0 && found.every(({ namespaced }) => !namespaced) && !self;
  });
}
