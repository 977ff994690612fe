import type { PolicyRule } from '../imports/kubernetes';
import type { Inventory } from '../kube/inventory';
import { bindingsIn } from '../kube/rbac';
import { rbacRules } from './rbac-rules';

/** What programs often make themselves, with the resource that they need for it. */
const RESOURCES: Readonly<Record<string, string>> = { Secret: 'secrets', ConfigMap: 'configmaps' };
/** Every namespace. */
const ALL = '';

/** Whether pods of the set may create an object of a kind in a namespace, by the permissions of their accounts. */
export function mayBeMadeByPods(inventory: Inventory, kind: string, namespace: string): boolean {
  const resource = Object.hasOwn(RESOURCES, kind) ? RESOURCES[kind]! : undefined;
  const grants = inventory.view(grantsOf);
  return resource !== undefined && (grants.has(`${resource} ${namespace}`) || grants.has(`${resource} ${ALL}`));
}

/** 'secrets shop' for each namespace in which a service account with pods may create Secrets. */
function grantsOf(inventory: Inventory): ReadonlySet<string> {
  const accounts = new Set(inventory.pods.map(({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`));
  const roles = new Map<string, readonly string[]>();
  for (const { object, rules, clusterWide } of rbacRules(inventory)) {
    roles.set(`${clusterWide ? ALL : object.namespace}/${object.manifest.metadata.name}`, created(rules));
  }
  const found = new Set<string>();
  for (const { object, roleRef, subjects } of bindingsIn(inventory)) {
    const role = `${roleRef.kind === 'Role' ? object.namespace : ALL}/${roleRef.name}`;
    const isOfPods = subjects.some(
      ({ kind, name, namespace = object.namespace }) =>
        kind === 'ServiceAccount' && accounts.has(`${namespace}/${name}`),
    );
    for (const resource of isOfPods ? (roles.get(role) ?? []) : []) {
      found.add(`${resource} ${object.manifest.kind === 'RoleBinding' ? object.namespace : ALL}`);
    }
  }
  return found;
}

/** The resources that rules let create. A rule for named objects does not: a request to create has no name. */
function created(rules: readonly PolicyRule[]): string[] {
  const allows = (resource: string) =>
    rules.some(
      ({ apiGroups = [], resources = [], verbs = [], resourceNames = [] }) =>
        resourceNames.length === 0 &&
        apiGroups.some((group) => group === '' || group === '*') &&
        resources.some((one) => one === resource || one === '*') &&
        verbs.some((verb) => verb === 'create' || verb === '*'),
    );
  return Object.values(RESOURCES).filter(allows);
}
