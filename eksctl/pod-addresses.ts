import { isIPv6, present } from './rules/accessors';
import { parseConfigurationValues } from './rules/configuration-values';
import type { UnvalidatedConfig } from './rules/unvalidated';
import type { ClusterConfig } from './types';

/**
 * What limits the pods of a node: an address of a network interface each, a sixteenth of a prefix, or nothing that the file
 * shows (IPv6, another network plugin, settings that cannot be read).
 */
export type PodAddresses = 'addresses' | 'prefixes' | 'unlimited';

/** How the pods on the nodes of a cluster get their addresses. */
export function podAddressesOf(config: ClusterConfig): PodAddresses {
  return podAddresses(config as UnvalidatedConfig);
}

/** The same of a file as it may be. */
export function podAddresses(config: UnvalidatedConfig): PodAddresses {
  const [addon] = present(config.addons, 'addons').find(([{ name }]) => name === 'vpc-cni') ?? [];
  if (isIPv6(config) || (addon === undefined && config.addonsConfig?.disableDefaultAddons === true)) {
    return 'unlimited';
  }
  const text = addon?.configurationValues;
  if (typeof text !== 'string' || text === '') {
    return 'addresses';
  }
  const parsed = parseConfigurationValues(text);
  if (parsed === undefined) {
    return 'unlimited';
  }
  const { env } = (parsed.values ?? {}) as { env?: { ENABLE_PREFIX_DELEGATION?: unknown } | null };
  return String(env?.ENABLE_PREFIX_DELEGATION) === 'true' ? 'prefixes' : 'addresses';
}
