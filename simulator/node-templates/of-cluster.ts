import { ARCH } from '../../eks/node-labels';
import type { Architecture } from '../../eks/values';
import { type NodeGroupFacts, zonesOf } from '../../eksctl/node-group-facts';
import type { ClusterConfig } from '../../eksctl/types';
import type { NodePool } from '../../imports/karpenter';
import type { AnyObject } from '../../imports/kubernetes';
import { groupOf } from '../../kube/kinds';
import { ANY, oneOf } from '../../kube/label-requirements';
import { isHard } from '../../kube/tolerations';
import { nodeGroupTemplate } from './node-group';
import { builtInPoolTemplate, type NodePoolSite, nodePoolTemplate } from './node-pool';
import type { NodeTemplate } from './node-template';

/** An object that is applied, and where it comes from. */
interface SourcedObject {
  readonly construct: { readonly node: { readonly path: string } };
  readonly manifest: AnyObject;
}

/** What decides which nodes a cluster may have. */
export interface NodeSources {
  readonly config: ClusterConfig;
  /** Its node groups. */
  readonly groups: readonly NodeGroupFacts[];
  /** Every object that is applied; its NodePools count. */
  readonly objects: readonly SourcedObject[];
  /** Architectures of NodePools outside of these objects. */
  readonly architectures: ReadonlySet<Architecture>;
}

/**
 * All nodes that the cluster may have; undefined where there may be others that no file describes: hybrid nodes, an own
 * Karpenter, pools that are made elsewhere, or no nodes at all, which someone has to add.
 */
export function nodeTemplatesOf(sources: NodeSources): NodeTemplate[] | undefined {
  const { config, groups, objects } = sources;
  const site: NodePoolSite = { region: config.metadata.region, zones: clusterZones(sources) };
  const auto = config.autoModeConfig?.enabled === true;
  const pools = objects
    .filter(({ manifest }) => isNodePool(manifest))
    .map(({ construct, manifest }) => templateOfPool(construct, manifest, site));
  const builtIn = auto ? (config.autoModeConfig?.nodePools ?? ['general-purpose', 'system']) : [];
  const templates = [
    ...groups.map((group) => nodeGroupTemplate(group, site.region)),
    ...builtIn.map((pool) => builtInPoolTemplate(pool, site)),
    ...pools,
  ];
  const { remoteNetworkConfig, karpenter } = config;
  const foreign = remoteNetworkConfig !== undefined || (karpenter !== undefined && pools.length === 0);
  const profiles = config.fargateProfiles ?? [];
  if (foreign || (templates.length === 0 && (auto || profiles.length === 0))) {
    return undefined;
  }
  return auto ? [...templates, ...poolsElsewhere(sources, templates)] : templates;
}

/** Zones in which the cluster has subnets; empty where only AWS knows. */
export function clusterZones({ config, groups }: Pick<NodeSources, 'config' | 'groups'>): string[] {
  return [...new Set([...zonesOf(config), ...(config.localZones ?? []), ...groups.flatMap((group) => group.zones)])];
}

/** A pool for each architecture that the app says the cluster has, and that no pool here makes. */
function poolsElsewhere({ architectures }: NodeSources, templates: readonly NodeTemplate[]): NodeTemplate[] {
  const open = templates.filter(({ taints }) => !taints.some(isHard));
  const missing = [...architectures].filter((architecture) =>
    open.every((template) => template.labels(ARCH).only?.has(architecture) === false),
  );
  return missing.map((architecture) => ({
    name: `a NodePool of ${architecture} that is made elsewhere`,
    kind: 'pool',
    taints: [],
    offers: () => [],
    labels: (key) => (key === ARCH ? oneOf([architecture]) : ANY),
  }));
}

export function isNodePool({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean {
  return kind === 'NodePool' && groupOf(apiVersion) === 'karpenter.sh';
}

/** The nodes of a pool, whoever wrote it: a plain manifest may lack anything. */
export function templateOfPool(
  construct: SourcedObject['construct'],
  manifest: AnyObject,
  site: NodePoolSite,
): NodeTemplate {
  const { name } = manifest.metadata;
  const { spec } = manifest as Partial<NodePool>;
  const nodeClassRef = { group: '', kind: '', name: '' };
  const template = { ...spec?.template, spec: { nodeClassRef, requirements: [], ...spec?.template?.spec } };
  return nodePoolTemplate(`NodePool '${name}' (${construct.node.path})`, name, template, site);
}
