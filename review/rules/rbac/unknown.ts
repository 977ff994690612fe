import type { PolicyRule } from '../../../imports/kubernetes';
import { apiResources } from '../../../kube/api/resources';
import { title } from '../../../kube/inventory';
import { isApiGroup, isPlainRule, isVerb, REQUEST_VERBS, resourcesNamed, rolesIn } from '../../../kube/rbac';
import { listed, nearest } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';

interface Unknown {
  readonly key: 'apiGroups' | 'resources' | 'verbs' | 'resourceNames';
  readonly index: number;
  readonly what: string;
  readonly fix: string;
}

/** Permissions for what Kubernetes does not have. */
export const rule: Rule = {
  id: 'rbac/unknown',
  title: 'roles name groups, resources and verbs that Kubernetes has',
  severity: 'warning',
  why: 'The API server accepts any word. A permission for a resource, group or verb that does not exist is never met, and the program is forbidden to do what it is for.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources',
  bad: `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: deployer, namespace: default }
rules: [{ apiGroups: [''], resources: [deployments], verbs: [get, patch] }]
`,
  good: `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: deployer, namespace: default }
rules:
  - { apiGroups: [apps], resources: [deployments, deployments/scale], verbs: [get, patch] }
  - { apiGroups: [example.com], resources: [widgets], verbs: [polish] }
`,
  check: ({ inventory }, report) => {
    for (const { object, rules } of [...rolesIn(inventory, 'Role'), ...rolesIn(inventory, 'ClusterRole')]) {
      if (rules.every(isPlainRule)) {
        continue;
      }
      const found = new Places(report, object);
      rules.forEach((each, i) => {
        for (const { key, index, what, fix } of unknownIn(each)) {
          found.add(what, {
            message: `${title(object)} ${what}, so it grants nothing`,
            fix,
            field: `rules[${i}].${key}[${index}]`,
          });
        }
      });
      found.finish();
    }
  },
};

function unknownIn(policy: PolicyRule): readonly Unknown[] {
  const { apiGroups = [], resources = [], verbs = [], resourceNames = [], nonResourceURLs = [] } = policy;
  if (nonResourceURLs.length > 0) {
    return NONE;
  }
  if (apiGroups.length === 0 || !apiGroups.every(isApiGroup)) {
    // a resource of a wrong group has one cause, and what other groups have is not known
    return apiGroups.flatMap((group, index) => unknownGroup(group, index) ?? []);
  }
  const ofResources = unknownOf(resources, (name, index) => unknownResource(name, index, apiGroups));
  const ofVerbs = unknownOf(verbs, unknownVerb);
  const ofNames = resourceNames.length === 0 ? NONE : limitedCreation(resources, verbs);
  return ofResources.length + ofVerbs.length + ofNames.length === 0 ? NONE : [...ofResources, ...ofVerbs, ...ofNames];
}

const NONE: readonly Unknown[] = [];

function unknownOf(
  names: readonly string[],
  unknown: (name: string, index: number) => Unknown | undefined,
): readonly Unknown[] {
  let found: Unknown[] | undefined;
  for (let i = 0; i < names.length; i++) {
    const one = unknown(names[i]!, i);
    if (one) {
      found ??= [];
      found.push(one);
    }
  }
  return found ?? NONE;
}

/** Requests that make objects or delete all have no name to compare. */
function limitedCreation(resources: readonly string[], verbs: readonly string[]): readonly Unknown[] {
  const create = verbs.findIndex((verb) => verb === 'create' || verb === 'deletecollection');
  return create < 0 || resources.some((name) => name.includes('/'))
    ? NONE
    : [
        {
          key: 'verbs',
          index: create,
          what: `limits '${verbs[create]}' to names, which such a request does not have`,
          fix: `write '${verbs[create]}' in a rule of its own, without resourceNames`,
        },
      ];
}

function unknownGroup(group: string, index: number): Unknown | undefined {
  if (group === '*' || isApiGroup(group)) {
    return undefined;
  }
  const [name = ''] = group.split('/');
  const meant =
    name === 'core' || group === 'v1'
      ? ''
      : isApiGroup(name)
        ? name
        : group.includes('.') && !/k8s\.io$/.test(group)
          ? undefined
          : nearest(
              name,
              [...apiResources().keys()].filter((each) => each.length > 4),
            );
  // groups of others have a dot, and some of them end like those of Kubernetes
  const certain = group.includes('/') || !group.includes('.');
  if (!certain && (meant === undefined || meant.length !== group.length)) {
    return undefined;
  }
  const guess =
    meant === undefined
      ? 'write a group of the API'
      : `write ${meant === '' ? "'', which is the core group" : `'${meant}'`}`;
  return { key: 'apiGroups', index, what: `names group '${group}', which does not exist`, fix: guess };
}

function unknownResource(name: string, index: number, groups: readonly string[]): Unknown | undefined {
  const [resource = '', sub] = name.split('/');
  if (resource === '*') {
    return undefined;
  }
  const found = resourcesNamed(name, groups);
  if (found.length > 0) {
    if (sub === undefined) {
      return undefined;
    }
    // who may write an owner's finalizers may make objects that block its deletion
    const known = ['*', 'finalizers', 'status', ...found.flatMap(({ subresources }) => subresources)];
    return known.includes(sub)
      ? undefined
      : {
          key: 'resources',
          index,
          what: `names '${name}', which does not exist`,
          fix:
            found[0]!.subresources.length === 0
              ? `write '${resource}'`
              : `write one of ${listed(found[0]!.subresources.map((each) => `${resource}/${each}`))}`,
        };
  }
  const all = [...apiResources().values()].flatMap((resources) => [...resources.values()]);
  const own = all.filter(({ group }) => groups.includes(group));
  const singular = (word: string) => (each: (typeof all)[number]) => each.kind.toLowerCase() === word.toLowerCase();
  const meant =
    all.find((each) => each.name === resource) ??
    own.find(singular(resource)) ??
    all.find(singular(resource)) ??
    own.find(
      (each) =>
        each.name ===
        nearest(
          resource,
          own.map(({ name: known }) => known),
        ),
    );
  const asked = groups.map((group) => `'${group}'`).join(' and ');
  return {
    key: 'resources',
    index,
    what: `names '${name}', which group ${asked} does not have`,
    fix: meant
      ? groups.includes(meant.group)
        ? `write '${meant.name}'`
        : `write '${meant.name}' in a rule with apiGroups: ['${meant.group}']`
      : 'write a resource of this group, in the plural',
  };
}

/** What kubectl calls requests, and other words that are no verbs. */
const MEANT: Readonly<Record<string, string>> = {
  apply: 'patch',
  describe: 'get',
  edit: 'patch',
  exec: "create' of 'pods/exec",
  log: "get' of 'pods/log",
  logs: "get' of 'pods/log",
  post: 'create',
  put: 'update',
  read: 'get',
  remove: 'delete',
  scale: "patch' of 'deployments/scale",
  view: 'get',
  write: 'update',
};

function unknownVerb(verb: string, index: number): Unknown | undefined {
  if (isVerb(verb)) {
    return undefined;
  }
  const lower = verb.toLowerCase();
  const meant = MEANT[lower] ?? nearest(lower, REQUEST_VERBS);
  return {
    key: 'verbs',
    index,
    what: `names verb '${verb}', which no request has`,
    fix: meant === undefined ? `write verbs of ${listed(REQUEST_VERBS)}` : `write '${meant}'`,
  };
}
