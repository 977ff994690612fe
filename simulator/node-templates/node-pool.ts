import {
  ARCH,
  AUTO_PREFIX,
  CAPACITY_TYPE,
  COMPUTE_TYPE,
  INSTANCE_TYPE,
  isOwnLabel,
  KARPENTER_PREFIX,
  MANAGED_CAPACITY,
  MANAGED_GROUP,
  NODE_POOL,
  OS,
  REGION,
  todaysKey,
  ZONE,
} from '../../eks/node-labels';
import type { NodePool } from '../../imports/karpenter';
import { ABSENT, ANY, type LabelRequirement, narrow, oneOf } from '../../kube/label-requirements';
import type { NodeTemplate } from './node-template';

/** Where a pool makes its nodes. */
export interface NodePoolSite {
  readonly region: string;
  readonly zones: readonly string[];
}

/** The template of a NodePool. */
type PoolTemplate = NodePool['spec']['template'];

/** The two pools that Auto Mode brings, as EKS describes them. */
const BUILT_IN = (architectures: string[], taints: PoolTemplate['spec']['taints']): PoolTemplate => ({
  spec: {
    nodeClassRef: { group: 'eks.amazonaws.com', kind: 'NodeClass', name: 'default' },
    requirements: [
      { key: CAPACITY_TYPE, operator: 'In', values: ['on-demand'] },
      { key: `${AUTO_PREFIX}instance-category`, operator: 'In', values: ['c', 'm', 'r'] },
      { key: `${AUTO_PREFIX}instance-generation`, operator: 'Gt', values: ['4'] },
      { key: ARCH, operator: 'In', values: architectures },
    ],
    ...(taints ? { taints } : {}),
  },
});
const BUILT_IN_POOLS = {
  'general-purpose': BUILT_IN(['amd64'], undefined),
  system: BUILT_IN(['amd64', 'arm64'], [{ key: 'CriticalAddonsOnly', effect: 'NoSchedule' }]),
} as const;

/** A pool that Auto Mode brings. */
export function builtInPoolTemplate(pool: keyof typeof BUILT_IN_POOLS, site: NodePoolSite): NodeTemplate {
  return nodePoolTemplate(`autoModeConfig.nodePools '${pool}'`, pool, BUILT_IN_POOLS[pool], site);
}

/** The nodes that a pool makes. */
export function nodePoolTemplate(name: string, pool: string, template: PoolTemplate, site: NodePoolSite): NodeTemplate {
  const auto = template.spec.nodeClassRef?.group === 'eks.amazonaws.com';
  const prefix = auto ? AUTO_PREFIX : KARPENTER_PREFIX;
  const fixed = new Map(Object.entries(template.metadata?.labels ?? {}));
  fixed.set(NODE_POOL, pool);
  const asksSystem = template.spec.requirements?.some(({ key }) => todaysKey(key) === OS) ?? false;
  // Auto Mode has no other, and Karpenter makes none unless it is asked
  if (auto || !asksSystem) {
    fixed.set(OS, 'linux');
  }
  fixed.set(REGION, site.region);
  if (auto) {
    fixed.set(COMPUTE_TYPE, 'auto');
    fixed.set(`${AUTO_PREFIX}nodeclass`, template.spec.nodeClassRef.name);
  }
  const unasked = (key: string): LabelRequirement => {
    const value = fixed.get(key);
    if (value !== undefined) {
      return oneOf([value]);
    }
    if (key === ZONE) {
      return site.zones.length > 0 ? oneOf(site.zones) : ANY;
    }
    if ([ARCH, CAPACITY_TYPE, INSTANCE_TYPE, OS].includes(key)) {
      return { ...ANY, absent: false };
    }
    const asked = template.spec.requirements?.some((requirement) => todaysKey(requirement.key) === key);
    return !asked && (isOwnLabel(key) || ofOtherNodes(key, auto)) ? ABSENT : ANY;
  };
  return {
    name,
    kind: 'pool',
    typePrefix: prefix,
    taints: template.spec.taints ?? [],
    offers: ({ families }) => [{ key: `${prefix}instance-family`, operator: 'In', values: families }],
    labels: (key) =>
      (template.spec.requirements ?? [])
        .filter((requirement) => todaysKey(requirement.key) === key)
        .reduce<LabelRequirement>(narrow, unasked(key)),
  };
}

/** Labels of node groups, and those that Karpenter gives where Auto Mode has its own, or the other way round. */
function ofOtherNodes(key: string, auto: boolean): boolean {
  return (
    key === MANAGED_GROUP ||
    key === MANAGED_CAPACITY ||
    key.startsWith('alpha.eksctl.io/') ||
    (auto ? key.startsWith(KARPENTER_PREFIX) : key === COMPUTE_TYPE || key.startsWith(`${AUTO_PREFIX}instance-`))
  );
}
