import { type Check, describe, type KeyTable } from '../core/check';
import type { ClusterContext } from '../core/cluster-context';
import type { Addon, ClusterFeature } from '../core/requirements';
import type { Architecture, Arn, Cidr } from '../core/values';
import { baseAddons, offersMetricsServer } from './addons';
import { planAddons, planAdmins, planCidrs, planFacts, planSecretsKey, planTags, planZones } from './checks';
import { type NodeGroupPlan, nodeGroupWarnings, planNodeGroups } from './node-groups';
import type { AutoMode, ClusterProps, ExistingClusterProps } from './props';
import { subnetLayout } from './subnets';

const FACT_KEYS = {
  region: true,
  version: true,
  vpcCidr: true,
  serviceIPv4CIDR: true,
  loadBalancerSubnets: true,
} as const;
const CLUSTER_KEYS: KeyTable<ClusterProps> = {
  ...FACT_KEYS,
  addons: true,
  admins: true,
  secretsKey: true,
  availabilityZones: true,
  publicAccessCIDRs: true,
  tags: true,
  customize: true,
  nodeGroups: true,
  autoMode: true,
};
const EXISTING_KEYS: KeyTable<ExistingClusterProps> = {
  ...FACT_KEYS,
  compute: true,
  addons: true,
  features: true,
  architectures: true,
  zones: true,
};
const AUTO_MODE_KEYS: KeyTable<AutoMode> = { nodePools: true, architectures: true };
const POOLS = ['general-purpose', 'system'] as const;
const ARCHITECTURES: readonly Architecture[] = ['amd64', 'arm64'];
const FEATURES: readonly ClusterFeature[] = ['ebs', 'load-balancer', 'metrics', 'network-policy', 'pod-identity'];

/** What the ClusterConfig of a cluster is made of, beside what workloads require. */
export interface ConfigPlan {
  readonly zones: readonly string[];
  readonly serviceRange: Cidr;
  /** Of managed node groups; empty in Auto Mode. */
  readonly nodeGroups: readonly NodeGroupPlan[];
  /** Of Auto Mode. */
  readonly nodePools: readonly ('general-purpose' | 'system')[] | undefined;
  readonly addons: readonly Addon[];
  readonly admins: readonly Arn[];
  readonly secretsKey: Arn | undefined;
  readonly publicAccessCIDRs: readonly Cidr[] | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
  /** Whether the subnets of load balancers were said, as they must be of an own VPC. */
  readonly saysSubnets: boolean;
}

/** A cluster with every default filled in; without a config it exists already. */
export interface ClusterPlan {
  readonly context: ClusterContext;
  readonly config: ConfigPlan | undefined;
  /** What is allowed but seldom meant. */
  readonly warnings: readonly string[];
}

/** A cluster that is made. */
export function planCluster(check: Check, name: string, props: ClusterProps): ClusterPlan {
  check.keys<ClusterProps>('props', props ?? null, CLUSTER_KEYS);
  check.keys('customize', props.customize, { clusterConfig: true });
  const facts = planFacts(check, props, true);
  const zones = planZones(check, props.region, props.availabilityZones);
  const auto = planAutoMode(check, props);
  const nodeGroups = auto ? [] : planNodeGroups(check, props.nodeGroups, zones);
  const compute = auto ? 'auto' : 'node-groups';
  const addons = planAddons(check, props.addons, compute);
  const base = baseAddons(compute, props.region);
  const metrics: ClusterFeature[] = offersMetricsServer(props.region) ? ['metrics'] : [];
  const brought: ClusterFeature[] = auto ? ['network-policy', 'ebs', 'load-balancer'] : [];
  return {
    context: {
      facts: {
        name,
        made: true,
        region: props.region,
        version: props.version,
        compute,
        addons: new Set([...base, ...addons].map((addon) => addon.name)),
        features: new Set<ClusterFeature>(['pod-identity', ...metrics, ...brought]),
        architectures: new Set(auto?.architectures ?? nodeGroups.map((group) => group.architecture)),
        zones: auto ? zones.length : new Set(nodeGroups.flatMap((group) => group.zones ?? zones)).size,
      },
      loadBalancerSubnets: facts.subnets ?? subnetLayout(facts.vpc, zones.length),
      vpcCidr: facts.vpcCidr,
      dnsAddress: facts.dnsAddress,
      apiServerAddress: facts.apiServerAddress,
      maxNodes: auto ? undefined : nodeGroups.reduce((sum, group) => sum + group.maxSize, 0),
    },
    config: {
      zones,
      serviceRange: facts.serviceRange,
      nodeGroups,
      nodePools: auto?.nodePools,
      addons,
      admins: planAdmins(check, props.admins, props.region),
      secretsKey: planSecretsKey(check, props.secretsKey, props.region),
      publicAccessCIDRs: planCidrs(check, 'publicAccessCIDRs', props.publicAccessCIDRs),
      tags: planTags(check, props.tags),
      saysSubnets: facts.subnets !== undefined,
    },
    warnings: [...facts.warnings, ...(auto ? [] : nodeGroupWarnings(nodeGroups))],
  };
}

/** A cluster that exists. */
export function planExisting(check: Check, name: string, props: ExistingClusterProps): ClusterPlan {
  check.keys<ExistingClusterProps>('props', props ?? null, EXISTING_KEYS);
  const facts = planFacts(check, props, false);
  const compute = props.compute ?? 'node-groups';
  check.oneOf('compute', compute, ['node-groups', 'auto']);
  for (const addon of props.addons ?? []) {
    check.text('the name of an add-on', addon);
  }
  for (const feature of props.features ?? []) {
    check.oneOf('a feature', feature, FEATURES);
  }
  for (const architecture of props.architectures ?? []) {
    check.oneOf('an architecture', architecture, ARCHITECTURES);
  }
  return {
    context: {
      facts: {
        name,
        made: false,
        region: props.region,
        version: props.version,
        compute,
        addons: props.addons && new Set(props.addons),
        features: props.features && new Set(props.features),
        architectures: props.architectures && new Set(props.architectures),
        zones: props.zones === undefined ? undefined : check.integer('zones', props.zones, 1),
      },
      loadBalancerSubnets: facts.subnets,
      vpcCidr: facts.vpcCidr,
      dnsAddress: facts.dnsAddress,
      apiServerAddress: facts.apiServerAddress,
      maxNodes: undefined,
    },
    config: undefined,
    warnings: facts.warnings,
  };
}

/** The pools and architectures of Auto Mode, or undefined for node groups; never both, never neither. */
function planAutoMode(check: Check, props: ClusterProps): Required<AutoMode> | undefined {
  const auto: unknown = props.autoMode;
  if (auto === undefined) {
    return undefined;
  }
  if (props.nodeGroups !== undefined) {
    check.fail('autoMode and nodeGroups exclude each other', 'keep one of them: eksctl creates no cluster with both');
  }
  if (auto !== true && (typeof auto !== 'object' || auto === null)) {
    check.fail(`autoMode is ${describe(auto)}`, 'write autoMode: true, or nodeGroups instead of it');
  }
  const given: AutoMode = auto === true ? {} : auto;
  check.keys<AutoMode>('autoMode', given, AUTO_MODE_KEYS);
  const nodePools = given.nodePools ?? POOLS;
  const architectures = given.architectures ?? ['amd64'];
  for (const pool of nodePools) {
    check.oneOf('a pool of autoMode', pool, POOLS);
  }
  for (const architecture of architectures) {
    check.oneOf('an architecture of autoMode', architecture, ARCHITECTURES);
  }
  if (nodePools.length === 0 || new Set(nodePools).size !== nodePools.length) {
    check.fail(
      `the pools of autoMode are ${describe(nodePools)}`,
      "name 'general-purpose', 'system' or both, each once",
    );
  }
  if (architectures.length === 0) {
    check.fail('autoMode has no architectures', "name at least one, such as 'amd64'");
  }
  return { nodePools: [...nodePools], architectures: [...architectures] };
}
