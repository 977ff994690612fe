import type { PolicyRule } from '../../../imports/kubernetes';
import { entryOf } from '../../../kube/collections';
import { type Inventory, type InventoryObject, referenceTo } from '../../../kube/inventory';
import { podTemplates } from '../../../kube/pod-templates';
import { type BindingObject, bindingsIn, ESCALATING_RESOURCES, ESCALATING_VERBS, rolesIn } from '../../../kube/rbac';
import { ROLE_ANNOTATION } from '../../account-roles';
import type { Effect, EffectsOf, PlanInput } from '../model';
import { isUpdate, movesOf, movesOfKind, named } from './moves';

/** Who may do more or less through the API of the cluster. */
export const permissions: EffectsOf = (input) => [...ofSubjects(input), ...ofAccounts(input), ...ofRoles(input)];

const ROLES = ['Role', 'ClusterRole'] as const;
const BINDINGS = ['RoleBinding', 'ClusterRoleBinding'] as const;

function ofSubjects(input: PlanInput): readonly Effect[] {
  const roles = movesOfKind(input, ...ROLES);
  const bindings = movesOfKind(input, ...BINDINGS);
  if (roles.length + bindings.length === 0) {
    return [];
  }
  const [old, now] = [input.old, input.after].map((inventory) => inventory.view(grantsOf));
  const changed = new Set([
    ...bindings.flatMap(({ after, before }) => [after, before].flatMap((object) => (object ? keyOf(object) : []))),
    ...roles.map(({ after }) => keyOf(after)),
  ]);
  const subjects = new Set(
    [old!, now!].flatMap(({ bySource }) => [...changed].flatMap((key) => [...(bySource.get(key) ?? [])])),
  );
  return [...subjects].flatMap((subject) =>
    difference(subject, old!.bySubject.get(subject), now!.bySubject.get(subject)),
  );
}

/** What somebody may do: verbs by what they are for. */
type Grants = ReadonlyMap<string, ReadonlySet<string>>;

interface AllGrants {
  readonly bySubject: ReadonlyMap<string, Grants>;
  /** Subjects by the roles and bindings that concern them. */
  readonly bySource: ReadonlyMap<string, ReadonlySet<string>>;
}

function difference(subject: string, old: Grants = new Map(), now: Grants = new Map()): readonly Effect[] {
  const won = missingIn(now, old);
  const lost = missingIn(old, now);
  return [
    ...(won.length > 0
      ? [
          effect(
            subject,
            `${subject} may ${several(won.map(text))}, which it could not before`,
            won.some(isGrave) ? 'danger' : 'notice',
          ),
        ]
      : []),
    ...(lost.length > 0 ? [effect(subject, `${subject} may no longer ${several(lost.map(text))}`, 'notice')] : []),
  ];
}

function effect(subject: string, said: string, risk: Effect['risk']): Effect {
  const [, namespace, name] = /^ServiceAccount '([^/]*)\/(.*)'$/.exec(subject) ?? [];
  return {
    kind: 'permission',
    risk,
    ...(name === undefined
      ? {}
      : { object: { apiVersion: 'v1', kind: 'ServiceAccount', namespace: namespace!, name } }),
    text: said,
  };
}

interface Grant {
  readonly on: string;
  readonly verbs: readonly string[];
}

function missingIn(grants: Grants, others: Grants): readonly Grant[] {
  return [...grants].flatMap(([on, verbs]) => {
    const missing = [...verbs].filter((verb) => !others.get(on)?.has(verb) && !others.get(on)?.has('*'));
    return missing.length > 0 ? [{ on, verbs: missing }] : [];
  });
}

const text = ({ on, verbs }: Grant): string =>
  `${verbs.map((verb) => (verb === '*' ? 'do everything with' : verb)).join(', ')} ${on}`;

const GRAVE = new Set(['*', ...ESCALATING_VERBS]);
/** Access to everything, to Secrets, or to the permissions of others. */
function isGrave({ on, verbs }: Grant): boolean {
  const resource = on.split(' ')[0]!;
  return (
    verbs.some((verb) => GRAVE.has(verb)) ||
    resource === 'everything' ||
    resource === 'secrets' ||
    ESCALATING_RESOURCES.includes(resource) ||
    on.startsWith("what ClusterRole 'cluster-admin'")
  );
}

function several(words: readonly string[]): string {
  const more = words.length - 4;
  return more > 0 ? `${words.slice(0, 4).join('; ')}; and ${more} more` : words.join('; ');
}

const keyOf = ({ manifest, namespace }: InventoryObject): string =>
  `${manifest.kind} ${namespace}/${manifest.metadata.name}`;

function grantsOf(inventory: Inventory): AllGrants {
  const rules = new Map(
    ROLES.flatMap((kind) => rolesIn(inventory, kind)).map(({ object, rules: list }) => [keyOf(object), list] as const),
  );
  const bySubject = new Map<string, Map<string, Set<string>>>();
  const bySource = new Map<string, Set<string>>();
  for (const binding of bindingsIn(inventory)) {
    const { object, roleRef } = binding;
    const { namespace } = object;
    const role = `${roleRef.kind} ${roleRef.kind === 'Role' ? namespace : ''}/${roleRef.name}`;
    const where = object.manifest.kind === 'RoleBinding' ? ` in namespace '${namespace}'` : '';
    const granted = rules.has(role)
      ? rules.get(role)!.flatMap((rule) => ofRule(rule, where))
      : [[`what ${roleRef.kind} '${roleRef.name}' allows${where}`, 'do'] as const];
    for (const subject of subjectsOf(binding)) {
      const own = entryOf(bySubject, subject, () => new Map<string, Set<string>>());
      for (const [on, verb] of granted) {
        entryOf(own, on, () => new Set<string>()).add(verb);
      }
      for (const source of [role, keyOf(object)]) {
        entryOf(bySource, source, () => new Set<string>()).add(subject);
      }
    }
  }
  return { bySubject, bySource };
}

function subjectsOf({ subjects, object }: BindingObject): readonly string[] {
  return subjects.map(({ kind, name, namespace }) =>
    kind === 'ServiceAccount' ? `ServiceAccount '${namespace ?? object.namespace}/${name}'` : `${kind} '${name}'`,
  );
}

function ofRule(rule: PolicyRule, where: string): readonly (readonly [string, string])[] {
  const { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [], verbs = [] } = rule;
  const names = resourceNames.length > 0 ? ` named ${resourceNames.join(', ')}` : '';
  const targets = [
    ...resources.flatMap((resource) =>
      (apiGroups.length > 0 ? apiGroups : ['']).map((group) => `${targetText(resource, group)}${names}${where}`),
    ),
    ...nonResourceURLs.map((url) => `URL ${url}`),
  ];
  return targets.flatMap((target) => verbs.map((verb) => [target, verb] as const));
}

function targetText(resource: string, group: string): string {
  const what = resource === '*' ? 'everything' : resource;
  return group === '' ? what : `${what} of ${group === '*' ? 'every group' : group}`;
}

/** Pods that run as another ServiceAccount. */
function ofAccounts(input: PlanInput): readonly Effect[] {
  return movesOf(input).flatMap((move): readonly Effect[] => {
    if (!isUpdate(move)) {
      return [];
    }
    const [old, now] = [move.before, move.after].map(accountsOf);
    return [...now!].flatMap(([at, account]): Effect[] => {
      const was = old!.get(at);
      return was === undefined || was === account
        ? []
        : [
            {
              kind: 'permission',
              risk: 'notice',
              object: referenceTo(move.after),
              text: `the pods of ${named(move.after)} run as ServiceAccount '${account}' instead of '${was}', with its permissions`,
              because: [`${at === '' ? '' : `${at}.`}spec.serviceAccountName`],
            },
          ];
    });
  });
}

function accountsOf({ manifest }: InventoryObject): ReadonlyMap<string, string> {
  return new Map(
    podTemplates(manifest).map(({ at, template }) => [at, template.spec?.serviceAccountName ?? 'default']),
  );
}

/** Roles of AWS by annotation: running pods keep the old one. */
function ofRoles(input: PlanInput): readonly Effect[] {
  return movesOfKind(input, 'ServiceAccount').flatMap((move): readonly Effect[] => {
    const [was, is] = [move.before, move.after].map(
      (object) => object?.manifest.metadata.annotations?.[ROLE_ANNOTATION],
    );
    const instead = was === undefined ? '' : ` instead of ${was}`;
    const said = is === undefined ? 'have no role of AWS any more' : `have the role ${is}${instead}`;
    return was === is
      ? []
      : [
          {
            kind: 'permission',
            risk: 'notice',
            object: referenceTo(move.after),
            text: `pods of ${named(move.after)} that start from now on ${said}; those that run keep theirs`,
            because: [`metadata.annotations['${ROLE_ANNOTATION}']`],
          },
        ];
  });
}
