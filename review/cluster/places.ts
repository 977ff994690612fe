import type { IConstruct } from 'constructs';
import { ARCH } from '../../eks/node-labels';
import { zonesOf } from '../../eksctl/node-group-facts';
import type { NodePool } from '../../imports/karpenter';
import type { AnyObject } from '../../imports/kubernetes';
import { groupPlace } from './group-place';
import type { FitInput } from './input';
import { ANYTHING, oneOf } from './label-domain';
import type { Place } from './place';
import { builtInPlace, type PoolSite, poolPlace } from './pool-place';

/**
 * All nodes that the cluster may have; undefined where there may be others that no file describes: hybrid nodes, an own
 * Karpenter, pools that are made elsewhere, or no nodes at all, which someone has to add.
 */
export function placesOf(input: FitInput): Place[] | undefined {
  const { config, groups, objects } = input;
  const site: PoolSite = { region: config.metadata.region, zones: clusterZones(input) };
  const auto = config.autoModeConfig?.enabled === true;
  const pools = objects
    .filter(({ manifest }) => isNodePool(manifest))
    .map(({ construct, manifest }) => placeOfPool(construct, manifest, site));
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
  return auto ? [...places, ...saidElsewhere(input, places)] : places;
}

/** Zones in which the cluster has subnets; empty where only AWS knows. */
export function clusterZones({ config, groups }: Pick<FitInput, 'config' | 'groups'>): string[] {
  return [...new Set([...zonesOf(config), ...(config.localZones ?? []), ...groups.flatMap((group) => group.zones)])];
}

/** A pool for each architecture that the app says the cluster has, and that no pool here makes. */
function saidElsewhere({ architectures }: FitInput, places: readonly Place[]): Place[] {
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

export function isNodePool({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean {
  return kind === 'NodePool' && apiVersion.startsWith('karpenter.sh/');
}

/** The nodes of a pool, whoever wrote it: a plain manifest may lack anything. */
export function placeOfPool(construct: IConstruct, manifest: AnyObject, site: PoolSite): Place {
  const { name } = manifest.metadata;
  const { spec } = manifest as Partial<NodePool>;
  const nodeClassRef = { group: '', kind: '', name: '' };
  const template = { ...spec?.template, spec: { nodeClassRef, requirements: [], ...spec?.template?.spec } };
  return poolPlace(`NodePool '${name}' (${construct.node.path})`, name, template, site);
}
