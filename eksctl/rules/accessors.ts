import { EKSCTL_DEFAULT_VERSION } from '../../eks/versions';
import { describe } from '../../kube/describe';
import type { ConfigRule, Report } from './rule';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';

type List<T> = readonly (T | null)[] | null | undefined;

/** A rule about the whole file. Its check gets the unvalidated config. */
export function clusterRule(
  id: string,
  enforcedBy: ConfigRule['enforcedBy'],
  title: string,
  check: (config: UnvalidatedConfig, report: Report) => void,
): ConfigRule {
  return { id, enforcedBy, title, check: check as ConfigRule['check'] };
}

/** Each entry with its path. Null becomes an empty object, as in eksctl's lists of values. */
export function entries<T extends object>(list: List<T>, path: string): (readonly [T, string])[] {
  return (list ?? []).map((entry, i) => [entry ?? ({} as T), `${path}[${i}]`] as const);
}

/** Each entry with its path, without nulls: for eksctl's lists of pointers, where L3 reports them. */
export function present<T extends object>(list: List<T>, path: string): (readonly [T, string])[] {
  return entries(list, path).filter((_, i) => (list ?? [])[i] !== null);
}

/** The paths of the nulls in a list. */
export function nulls(list: readonly unknown[] | null | undefined, path: string): string[] {
  return (list ?? []).flatMap((entry, i) => (entry === null ? [`${path}[${i}]`] : []));
}

/** The duplicates among values with paths, without the first of each. */
export function repeated<T>(values: readonly (readonly [T, string])[]): (readonly [T, string])[] {
  const seen = new Set<T>();
  return values.filter(([value]) => seen.size === seen.add(value).size);
}

/** Each string of a list with its path; null becomes ''. */
export function strings(list: List<string>, path: string): (readonly [string, string])[] {
  return (list ?? []).map((item, i) => [item ?? '', `${path}[${i}]`] as const);
}

export function count(list: readonly unknown[] | null | undefined): number {
  return list?.length ?? 0;
}

export function keys(object: object | null | undefined): string[] {
  return Object.keys(object ?? {});
}

/** Quoted values, for a message. */
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

/** Whether the cluster uses an existing VPC. */
export const hasOwnVpc = ({ vpc }: UnvalidatedConfig): boolean => isSet(vpc?.id) || isSet(vpc?.subnets);

/** Whether any well-known policy is enabled. */
export const hasPolicy = (policies: object | null | undefined): boolean =>
  Object.values(policies ?? {}).some((chosen) => chosen === true);

/** The Kubernetes version that eksctl checks against: eksctl's default if the file does not fix one. */
export function versionOf(config: UnvalidatedConfig): string {
  const version = config.metadata?.version;
  return isNonEmptyString(version) && version !== 'auto' && version !== 'latest' ? version : EKSCTL_DEFAULT_VERSION;
}

/** With eksctl's default, which is CONFIG_MAP only on Outposts without etcdInstanceType. */
export function authenticationModeOf(config: UnvalidatedConfig): string {
  const given = config.accessConfig?.authenticationMode;
  const old = isOnOutposts(config) && !isNonEmptyString(config.outpost?.etcdInstanceType);
  return isNonEmptyString(given) ? given : old ? 'CONFIG_MAP' : 'API_AND_CONFIG_MAP';
}

/** All node groups with their paths, in eksctl's order: self-managed, then managed. */
export function allGroups(config: UnvalidatedConfig) {
  return [...present(config.nodeGroups, 'nodeGroups'), ...present(config.managedNodeGroups, 'managedNodeGroups')];
}
