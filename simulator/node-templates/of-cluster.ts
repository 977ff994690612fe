import { ARCH, CAPACITY_TYPE, isOwnLabel, NODE_POOL, OS } from '../../eks/node-labels';
import type { Architecture } from '../../eks/values';
import { type ResolvedNodeGroup, zonesOf } from '../../eksctl/resolved-node-group';
import type { ClusterConfig } from '../../eksctl/types';
import type { NodePool } from '../../imports/karpenter';
import type { Inventory, InventoryObject } from '../../kube/inventory';
import { ANY, oneOf } from '../../kube/label-requirements';
import { isHard } from '../../kube/tolerations';
import { nodeGroupTemplate } from './node-group';
import { builtInPoolTemplate, type NodePoolSite, nodePoolTemplate } from './node-pool';
import type { NodeTemplate } from './node-template';

/** The nodes of pools that no object of the set makes. */
export interface KarpenterNodes {
  readonly architectures: readonly Architecture[];
  readonly capacityTypes: readonly string[];
}

/** What decides which nodes a cluster may have. */
export interface NodeSources {
  readonly config: ClusterConfig;
  /** Its node groups. */
  readonly groups: readonly ResolvedNodeGroup[];
  /** Architectures of nodes beside those that the objects make: there may be pools of others. */
  readonly architectures: ReadonlySet<Architecture>;
  /** A Karpenter whose pools may be made elsewhere. */
  readonly karpenter?: KarpenterNodes | undefined;
}

/**
 * All nodes that the cluster may have; undefined where there may be others that no file describes: hybrid nodes, an own
 * Karpenter, pools that are made elsewhere, or no nodes at all, which someone has to add.
 */
export function nodeTemplatesOf(sources: NodeSources, inventory: Inventory): NodeTemplate[] | undefined {
  const { config, groups, karpenter } = sources;
  const site: NodePoolSite = { region: config.metadata.region, zones: clusterZones(sources) };
  const auto = config.autoModeConfig?.enabled === true;
  const pools = inventory.ofKind('NodePool', 'karpenter.sh').map((object) => templateOfPool(object, site));
  const builtIn = auto ? (config.autoModeConfig?.nodePools ?? ['general-purpose', 'system']) : [];
  const templates = [
    ...groups.map((group) => nodeGroupTemplate(group, site.region)),
    ...builtIn.map((pool) => builtInPoolTemplate(pool, site)),
    ...pools,
    ...(karpenter ? [karpenterTemplate(karpenter, site)] : []),
  ];
  const { remoteNetworkConfig } = config;
  // eksctl installs Karpenter too, and the NodePools are then made elsewhere
  const unknown = config.karpenter !== undefined && pools.length === 0 && karpenter === undefined;
  const foreign = remoteNetworkConfig !== undefined || unknown;
  const profiles = config.fargateProfiles ?? [];
  if (foreign || (templates.length === 0 && (auto || profiles.length === 0))) {
    return undefined;
  }
  return auto ? [...templates, ...poolsElsewhere(sources, templates)] : templates;
}

/** Nodes of Karpenter from NodePools outside of the set, which may have any labels of their own. */
function karpenterTemplate({ architectures, capacityTypes }: KarpenterNodes, site: NodePoolSite): NodeTemplate {
  const isIn = (key: string, values: readonly string[]) => ({ key, operator: 'In' as const, values: [...values] });
  const requirements = [isIn(ARCH, architectures), isIn(CAPACITY_TYPE, capacityTypes)];
  const nodeClassRef = { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: '' };
  const pool = nodePoolTemplate('a NodePool of Karpenter', '', { spec: { nodeClassRef, requirements } }, site);
  return { ...pool, labels: (key) => (key === NODE_POOL || isOwnLabel(key) ? ANY : pool.labels(key)) };
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

/** The nodes of a pool, whoever wrote it: a plain manifest may lack anything. */
export function templateOfPool({ manifest, origin }: InventoryObject, site: NodePoolSite): NodeTemplate {
  const { name } = manifest.metadata;
  const where = origin.construct ?? origin.file?.path;
  const { spec } = manifest as Partial<NodePool>;
  const nodeClassRef = { group: '', kind: '', name: '' };
  const template = { ...spec?.template, spec: { nodeClassRef, requirements: [], ...spec?.template?.spec } };
  return nodePoolTemplate(`NodePool '${name}'${where === undefined ? '' : ` (${where})`}`, name, template, site);
}

/** The nodes of Fargate, one for each pod. */
export const FARGATE: NodeTemplate = {
  name: 'Fargate',
  kind: 'group',
  taints: [],
  offers: () => [],
  labels: (key) => (key === ARCH ? oneOf(['amd64']) : key === OS ? oneOf(['linux']) : ANY),
};
