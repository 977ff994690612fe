import { ARCH } from '../../eks/node-labels';
import { zonesOf } from '../../eksctl/node-group-facts';
import type { NodePool } from '../../imports/karpenter';
import type { Inventory, InventoryObject } from '../../kube/inventory';
import type { ClusterSide } from '../cluster-side';
import { groupPlace } from './group-place';
import { ANYTHING, oneOf } from './label-domain';
import type { Place } from './place';
import { builtInPlace, type PoolSite, poolPlace } from './pool-place';

/**
 * All nodes that the cluster may have; undefined where there may be others that no file describes: hybrid nodes, an own
 * Karpenter, pools that are made elsewhere, or no nodes at all, which someone has to add.
 */
export function placesOf(cluster: ClusterSide, inventory: Inventory): Place[] | undefined {
  const { config, groups } = cluster;
  const site: PoolSite = { region: config.metadata.region, zones: clusterZones(cluster) };
  const auto = config.autoModeConfig?.enabled === true;
  const pools = inventory.ofKind('NodePool', 'karpenter.sh').map((object) => placeOfPool(object, site));
  const builtIn = auto ? (config.autoModeConfig?.nodePools ?? ['general-purpose', 'system']) : [];
  const places = [
    ...groups.map((group) => groupPlace(group, site.region)),
    ...builtIn.map((pool) => builtInPlace(pool, site)),
    ...pools,
  ];
  const { remoteNetworkConfig, karpenter } = config;
  const foreign = remoteNetworkConfig !== undefined || (karpenter !== undefined && pools.length === 0);
  const profiles = config.fargateProfiles ?? [];
  if (foreign || (places.length === 0 && (auto || profiles.length === 0))) {
    return undefined;
  }
  return auto ? [...places, ...saidElsewhere(cluster, places)] : places;
}

/** Zones in which the cluster has subnets; empty where only AWS knows. */
export function clusterZones({ config, groups }: Pick<ClusterSide, 'config' | 'groups'>): string[] {
  return [...new Set([...zonesOf(config), ...(config.localZones ?? []), ...groups.flatMap((group) => group.zones)])];
}

/** A pool for each architecture that the app says the cluster has, and that no pool here makes. */
function saidElsewhere({ architectures }: ClusterSide, places: readonly Place[]): Place[] {
  const open = places.filter(({ taints }) => taints.every(({ effect }) => effect === 'PreferNoSchedule'));
  const missing = [...architectures].filter((architecture) =>
    open.every((place) => place.labels(ARCH).only?.has(architecture) === false),
  );
  return missing.map((architecture) => ({
    name: `a NodePool of ${architecture} that is made elsewhere`,
    kind: 'pool',
    taints: [],
    offers: () => [],
    labels: (key) => (key === ARCH ? oneOf([architecture]) : ANYTHING),
  }));
}

/** The nodes of a pool, whoever wrote it: a plain manifest may lack anything. */
export function placeOfPool({ manifest, origin }: InventoryObject, site: PoolSite): Place {
  const { name } = manifest.metadata;
  const where = origin.construct ?? origin.file?.path;
  const { spec } = manifest as Partial<NodePool>;
  const nodeClassRef = { group: '', kind: '', name: '' };
  const template = { ...spec?.template, spec: { nodeClassRef, requirements: [], ...spec?.template?.spec } };
  return poolPlace(`NodePool '${name}'${where === undefined ? '' : ` (${where})`}`, name, template, site);
}
