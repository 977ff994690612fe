import { subnetLayout } from '../../eks/subnets';
import type { Architecture } from '../../eks/values';
import { resolvedNodeGroups, zonesOf } from '../../eksctl/resolved-node-group';
import { hasOwnVpc, isIPv6, isPrivate } from '../../eksctl/rules/read';
import type { ClusterConfig } from '../../eksctl/types';
import type { AddressRange } from '../../kube/cidr';
import type { ClusterContext } from '../core/cluster-context';
import type { ClusterFacts } from '../core/requirements';

/** What a ClusterConfig, whoever wrote it, says of the cluster. */

export function familyOf(config: Pick<ClusterConfig, 'kubernetesNetworkConfig'>): ClusterContext['ipFamily'] {
  return isIPv6(config) ? 'IPv6' : 'IPv4';
}

/** Fargate runs x86 only; of remote nodes nobody knows the architecture. */
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

/** Subnets of one's own may not say their zones. */
const known = (zones: number): number | undefined => (zones === 0 ? undefined : zones);

/** Nodes when every group is at its maximum; undefined where nobody knows. */
export function maxNodes(config: ClusterConfig): number | undefined {
  return config.autoModeConfig?.enabled || hasRemoteNodes(config)
    ? undefined
    : resolvedNodeGroups(config).reduce((sum, group) => sum + group.maxSize, 0);
}

/** Where load balancers stand in the VPC that eksctl makes; undefined where only AWS knows: an own VPC, IPv6. */
export function loadBalancerSubnets(config: ClusterConfig, vpc: AddressRange): ClusterContext['loadBalancerSubnets'] {
  if (hasOwnVpc(config) || familyOf(config) === 'IPv6') {
    return undefined;
  }
  const layout = subnetLayout(vpc, zonesOf(config).length);
  // a private cluster leaves the place of its public subnets empty
  return isPrivate(config) ? { public: [], private: layout.private } : layout;
}

function hasRemoteNodes({ remoteNetworkConfig }: ClusterConfig): boolean {
  return remoteNetworkConfig !== undefined;
}
