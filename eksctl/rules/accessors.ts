import { EKSCTL_DEFAULT_VERSION } from '../../eks/versions';
import { describe } from '../../kube/describe';
import type { ConfigRule, Report } from './rule';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';

type List<T> = readonly (T | null)[] | null | undefined;

/** A rule over the whole file, written for the file as anyone could have written it. */
export function clusterRule(
  id: string,
  enforcedBy: ConfigRule['enforcedBy'],
  title: string,
  check: (config: UnvalidatedConfig, report: Report) => void,
): ConfigRule {
  return { id, enforcedBy, title, check: check as ConfigRule['check'] };
}

/** Each entry with its path. Null stands for an empty object where eksctl's list holds values. */
export function entries<T extends object>(list: List<T>, path: string): (readonly [T, string])[] {
  return (list ?? []).map((entry, i) => [entry ?? ({} as T), `${path}[${i}]`] as const);
}

/** Without the nulls, where eksctl's list holds pointers: a rule of its own refuses them. */
export function present<T extends object>(list: List<T>, path: string): (readonly [T, string])[] {
  return entries(list, path).filter((_, i) => (list ?? [])[i] !== null);
}

/** Where a list holds null. */
export function nulls(list: readonly unknown[] | null | undefined, path: string): string[] {
  return (list ?? []).flatMap((entry, i) => (entry === null ? [`${path}[${i}]`] : []));
}

/** Where a list repeats itself: the later places with the earlier value. */
export function repeated<T>(values: readonly (readonly [T, string])[]): (readonly [T, string])[] {
  const seen = new Set<T>();
  return values.filter(([value]) => seen.size === seen.add(value).size);
}

/** Each text of a list with its path. */
export function strings(list: List<string>, path: string): (readonly [string, string])[] {
  return (list ?? []).map((text, i) => [text ?? '', `${path}[${i}]`] as const);
}

export function count(list: readonly unknown[] | null | undefined): number {
  return list?.length ?? 0;
}

export function keys(object: object | null | undefined): string[] {
  return Object.keys(object ?? {});
}

/** Values between quotes, for a message. */
export function words(values: readonly unknown[]): string {
  return values.map((value) => describe(value)).join(', ');
}

export const isAutoMode = (config: UnvalidatedConfig): boolean => config.autoModeConfig?.enabled === true;
export const isPrivate = (config: UnvalidatedConfig): boolean => config.privateCluster?.enabled === true;
export const isOnOutposts = (config: UnvalidatedConfig): boolean =>
  isNonEmptyString(config.outpost?.controlPlaneOutpostARN);
export const isIPv6 = (config: UnvalidatedConfig): boolean =>
  config.kubernetesNetworkConfig?.ipFamily?.toLowerCase() === 'ipv6';
export const hasOidc = (config: UnvalidatedConfig): boolean => config.iam?.withOIDC === true;
export const hasSubnets = (config: UnvalidatedConfig): boolean =>
  keys(config.vpc?.subnets?.private).length + keys(config.vpc?.subnets?.public).length > 0;

/** Whether the VPC is one that eksctl does not make. */
export const hasOwnVpc = ({ vpc }: UnvalidatedConfig): boolean => isSet(vpc?.id) || isSet(vpc?.subnets);

/** Whether well-known policies choose any. */
export const hasPolicy = (policies: object | null | undefined): boolean =>
  Object.values(policies ?? {}).some((chosen) => chosen === true);

/** The version that eksctl checks against: where the file leaves it to AWS, eksctl's own default stands in. */
export function versionOf(config: UnvalidatedConfig): string {
  const version = config.metadata?.version;
  return isNonEmptyString(version) && version !== 'auto' && version !== 'latest' ? version : EKSCTL_DEFAULT_VERSION;
}

/** After eksctl's defaults: only a control plane on an Outpost without instance store has no access entries. */
export function authenticationModeOf(config: UnvalidatedConfig): string {
  const given = config.accessConfig?.authenticationMode;
  const old = isOnOutposts(config) && !isNonEmptyString(config.outpost?.etcdInstanceType);
  return isNonEmptyString(given) ? given : old ? 'CONFIG_MAP' : 'API_AND_CONFIG_MAP';
}

/** Every node group with its path, the self-managed ones first, as eksctl takes them. */
export function allGroups(config: UnvalidatedConfig) {
  return [...present(config.nodeGroups, 'nodeGroups'), ...present(config.managedNodeGroups, 'managedNodeGroups')];
}
