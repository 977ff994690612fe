import { associationsOf, irsaRolesOf } from '../../../eksctl/roles';
import type { ClusterConfig } from '../../../eksctl/types';
import { asList, asObject } from '../../../kube/loose';
import type { Effect, EffectsOf } from '../model';

/** Permissions in AWS that the ClusterConfigs give to ServiceAccounts. */
export const awsPermissions: EffectsOf = ({ clusters }) => {
  const { old, new: now } = clusters;
  if (!old || !now || old.config === now.config) {
    return [];
  }
  const [before, after] = [old.config, now.config].map(permissionsOf);
  const accounts = new Set([...before!.keys(), ...after!.keys()]);
  return [...accounts].flatMap((account): Effect[] => {
    const [was, is] = [before!.get(account) ?? new Set<string>(), after!.get(account) ?? new Set<string>()];
    const won = [...is].filter((one) => !was.has(one));
    const lost = [...was].filter((one) => !is.has(one));
    const [namespace = '', name = ''] = account.split('/');
    const object = { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name };
    const later = 'once the cluster has the new ClusterConfig';
    return [
      ...(won.length > 0
        ? [
            {
              kind: 'permission' as const,
              risk: won.some((one) => /^(?:\S*\*)/.test(one)) ? ('danger' as const) : ('notice' as const),
              object,
              text: `ServiceAccount '${account}' gets in AWS: ${several(won)}, ${later}`,
            },
          ]
        : []),
      ...(lost.length > 0
        ? [
            {
              kind: 'permission' as const,
              risk: 'notice' as const,
              object,
              text: `ServiceAccount '${account}' loses in AWS: ${several(lost)}, ${later}`,
            },
          ]
        : []),
    ];
  });
};

function several(words: readonly string[]): string {
  const more = words.length - 4;
  return more > 0 ? `${words.slice(0, 4).join('; ')}; and ${more} more` : words.join('; ');
}

/** What each ServiceAccount may do, by 'namespace/name', as sentences that can be compared. */
function permissionsOf(config: ClusterConfig): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const add = (account: string, grants: readonly string[]) =>
    found.set(account, new Set([...(found.get(account) ?? []), ...grants]));
  for (const { account, association } of associationsOf(config)) {
    add(account, association ? grantsOf(association) : ['the policies that EKS recommends for its add-on']);
  }
  irsaRolesOf(config).forEach(({ account }, i) => {
    add(account, grantsOf(config.iam?.serviceAccounts?.[i]));
  });
  return found;
}

function grantsOf(role: unknown): readonly string[] {
  const {
    roleARN,
    attachRoleARN,
    permissionPolicy,
    attachPolicy,
    permissionPolicyARNs,
    attachPolicyARNs,
    wellKnownPolicies,
  } = asObject(role);
  const policies = [permissionPolicyARNs, attachPolicyARNs].flatMap((list) =>
    Array.isArray(list) ? (list as unknown[]) : [],
  );
  return [
    ...[roleARN, attachRoleARN].flatMap((arn) => (arn === undefined ? [] : [`the role ${arn}`])),
    ...[permissionPolicy, attachPolicy].flatMap(statementsOf),
    ...policies.map((arn) => `the policy ${arn}`),
    ...Object.entries(asObject(wellKnownPolicies)).flatMap(([name, on]) =>
      on === true ? [`the policy '${name}' of eksctl`] : [],
    ),
  ];
}

function statementsOf(document: unknown): readonly string[] {
  const { Statement } = asObject(document);
  return asList(Array.isArray(Statement) ? Statement : Statement === undefined ? [] : [Statement]).flatMap(
    (statement) => {
      const { Effect: effect = 'Allow', Action, NotAction, Resource = '*', Condition } = statement;
      const end = Condition === undefined ? '' : ' under a condition';
      const denied = effect === 'Deny' ? 'a denial of ' : '';
      const actions =
        NotAction === undefined ? texts(Action) : texts(NotAction).map((action) => `everything but ${action}`);
      return actions.flatMap((action) => texts(Resource).map((resource) => `${denied}${action} on ${resource}${end}`));
    },
  );
}

const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value]).map((one) =>
    typeof one === 'string' ? one : JSON.stringify(one),
  );
