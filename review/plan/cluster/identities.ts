import { isObject, type Loose } from '../../../kube/loose';

/** What tells the members of a list apart, by the path of the list; a list without it is one value. */
const IDENTITIES: Readonly<Record<string, (member: Loose) => unknown>> = {
  addons: ({ name }) => name,
  capabilities: ({ name }) => name,
  fargateProfiles: ({ name }) => name,
  identityProviders: ({ name }) => name,
  managedNodeGroups: ({ name }) => name,
  nodeGroups: ({ name }) => name,
  iamIdentityMappings: ({ arn, account, serviceName, namespace }) =>
    arn ?? account ?? (serviceName && namespace ? `${serviceName}/${namespace}` : undefined),
  'iam.serviceAccounts': ({ metadata }) =>
    isObject(metadata) && metadata.name ? `${metadata.namespace ?? 'default'}/${metadata.name}` : undefined,
  'iam.podIdentityAssociations': ({ namespace, serviceAccountName }) =>
    namespace && serviceAccountName ? `${namespace}/${serviceAccountName}` : undefined,
  'accessConfig.accessEntries': ({ principalARN }) => principalARN,
};

export type KeyedList = keyof typeof IDENTITIES;

/** The members of a list by name; undefined where it is not such a list, or two members have one name. */
export function membersOf(path: string, list: unknown): ReadonlyMap<string, Loose> | undefined {
  const identity = IDENTITIES[path];
  const members = list ?? [];
  if (identity === undefined || !Array.isArray(members) || !members.every(isObject)) {
    return undefined;
  }
  const names = members.map(identity);
  const whole = names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
  return whole ? new Map(members.map((member, i) => [names[i] as string, member])) : undefined;
}
