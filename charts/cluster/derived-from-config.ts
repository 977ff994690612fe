import { OS } from '../../eks/node-labels';
import { subnetLayout } from '../../eks/subnets';
import type { Architecture } from '../../eks/values';
import { resolvedNodeGroups, zonesOf } from '../../eksctl/resolved-node-group';
import { hasOwnVpc, isIPv6, isPrivate } from '../../eksctl/rules/accessors';
import type { ClusterConfig } from '../../eksctl/types';
import type { AddressRange } from '../../kube/cidr';
import { distinct } from '../../kube/collections';
import type { ClusterContext } from '../core/cluster-context';
import type { ClusterFacts } from '../core/requirements';

/** Facts that follow from a ClusterConfig, made here or given. */

export function familyOf(config: Pick<ClusterConfig, 'kubernetesNetworkConfig'>): ClusterContext['ipFamily'] {
  return isIPv6(config) ? 'IPv6' : 'IPv4';
}

/** Fargate runs x86 only; the architecture of remote nodes is unknown. */
export function nodeFacts(
  config: ClusterConfig,
  autoMode: readonly Architecture[] | undefined,
): Pick<ClusterFacts, 'architectures' | 'zones'> {
  const zones = zonesOf(config);
  if (config.autoModeConfig?.enabled) {
    return { architectures: autoMode && new Set(autoMode), zones: known(zones.length) };
  }
  const groups = resolvedNodeGroups(config);
  const fargate = config.fargateProfiles?.length ? (['amd64'] as const) : [];
  return {
    architectures: hasRemoteNodes(config)
      ? undefined
      : new Set([...groups.map(({ architecture }) => architecture), ...fargate]),
    zones: known(new Set([...groups.flatMap((group) => group.zones), ...(fargate.length > 0 ? zones : [])]).size),
  };
}

/** An existing VPC may not tell the zones of its subnets. */
const known = (zones: number): number | undefined => (zones === 0 ? undefined : zones);

/** Nodes when every group is at its maximum; undefined if unknown. */
export function maxNodes(config: ClusterConfig): number | undefined {
  return config.autoModeConfig?.enabled || hasRemoteNodes(config)
    ? undefined
    : resolvedNodeGroups(config).reduce((sum, group) => sum + group.maxSize, 0);
}

/** The subnets of load balancers in the VPC that eksctl creates; undefined for an existing VPC and for IPv6, where only AWS knows them. */
export function loadBalancerSubnets(config: ClusterConfig, vpc: AddressRange): ClusterContext['loadBalancerSubnets'] {
  if (hasOwnVpc(config) || familyOf(config) === 'IPv6') {
    return undefined;
  }
  const layout = subnetLayout(vpc, zonesOf(config).length);
  // a private cluster leaves the ranges of its public subnets unused
  return isPrivate(config) ? { public: [], private: layout.private } : layout;
}

/** Taints of Windows groups that say so; others are there to keep some pods of Windows off as well. */
export function windowsTaints(config: ClusterConfig): Pick<ClusterContext, 'windowsTaints'> {
  const taints = resolvedNodeGroups(config)
    .filter(({ labels }) => labels[OS] === 'windows')
    .flatMap((group) => group.taints)
    .map(({ key = '', value = '', effect = 'NoSchedule' }) => ({ key, value, effect }))
    .filter(({ key, value }) => /windows/i.test(value) || /(?:^|\/)(?:os|windows)$/.test(key));
  return taints.length > 0 ? { windowsTaints: distinct(taints) } : {};
}

function hasRemoteNodes({ remoteNetworkConfig }: ClusterConfig): boolean {
  return remoteNetworkConfig !== undefined;
}
