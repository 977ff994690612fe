import { DEFAULT_VPC_CIDR, subnetLayout } from '../eks/subnets';
import { zonesOf } from '../eksctl/resolved-node-group';
import type { ClusterConfig } from '../eksctl/types';
import { parseRange, sizeOf } from '../kube/cidr';
import type { SimulatedCluster } from './simulated-cluster';

/** What AWS keeps of each subnet. */
const KEPT = 5;
const PREFIX = 16;

/** Addresses of the cluster's subnets, as pods take them. */
export interface Addresses {
  /** Usable ones for the nodes of a zone. */
  readonly byZone: ReadonlyMap<string, number>;
  /** Whether pods get theirs in blocks of 16. */
  readonly inBlocks: boolean;
}

/** How many addresses one zone needs, and has. */
export interface ZoneAddresses {
  readonly zone: string;
  readonly used: number;
  readonly available: number;
}

/** Undefined where nobody knows the subnets, and with IPv6, of which there are enough. */
export function addressesOf(config: ClusterConfig): Addresses | undefined {
  if (config.kubernetesNetworkConfig?.ipFamily?.toLowerCase() === 'ipv6') {
    return undefined;
  }
  const zones = zonesOf(config);
  const inBlocks = (config.addons ?? []).some(
    ({ name, configurationValues }) =>
      name === 'vpc-cni' && /ENABLE_PREFIX_DELEGATION\W+true/.test(String(configurationValues ?? '')),
  );
  const { id, subnets, cidr = DEFAULT_VPC_CIDR } = config.vpc ?? {};
  if (subnets !== undefined || id !== undefined) {
    const told = Object.entries(subnets?.private ?? {}).map(
      ([name, subnet]) => [subnet.az ?? name, parseRange(subnet.cidr)] as const,
    );
    return told.length > 0 && told.every(([, range]) => range) ? { byZone: summed(told), inBlocks } : undefined;
  }
  const range = parseRange(cidr);
  const layout = range && subnetLayout(range, zones.length);
  return layout && { byZone: summed(zones.map((zone, i) => [zone, parseRange(layout.private[i])])), inBlocks };
}

function summed(subnets: readonly (readonly [string, ReturnType<typeof parseRange>])[]): ReadonlyMap<string, number> {
  const byZone = new Map<string, number>();
  for (const [zone, range] of subnets) {
    byZone.set(zone, (byZone.get(zone) ?? 0) + Math.max(0, sizeOf(range!.bits) - KEPT));
  }
  return byZone;
}

/** What each zone needs at least: an address for each pod that is not on the network of its node, and for each interface. */
export function zoneAddresses(cluster: SimulatedCluster, { byZone, inBlocks }: Addresses): ZoneAddresses[] {
  const used = new Map<string, number>();
  cluster.nodes.all.forEach(({ zone, ipsPerEni }, node) => {
    if (cluster.lost[node]) {
      return;
    }
    const pods = cluster.on[node]!.filter(({ set }) => !cluster.demand.sets[set]!.spec.hostNetwork).length;
    const interfaces = Math.max(1, Math.ceil(pods / (ipsPerEni - 1)));
    const taken = inBlocks ? 1 + Math.ceil(pods / PREFIX) * PREFIX : interfaces + pods;
    used.set(zone, (used.get(zone) ?? 0) + taken);
  });
  return [...used].flatMap(([zone, count]) => {
    const available = byZone.get(zone);
    return available === undefined ? [] : [{ zone, used: count, available }];
  });
}
