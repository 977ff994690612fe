import { isOffered } from '../../eks/addons';
import type { Arn, KubernetesVersion, Region } from '../../eks/values';
import { subnetZones } from '../../eksctl/resolved-node-group';
import { hasOwnVpc } from '../../eksctl/rules/read';
import type { ClusterConfig } from '../../eksctl/types';
import { describe } from '../../kube/describe';
import type { Cidr, KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Problem } from '../core/checks';
import type { ClusterContext } from '../core/cluster-context';
import type { Addon, ClusterFeature } from '../core/requirements';
import { ownAddons } from './addons';
import { planAutoMode } from './auto-mode-plan';
import {
  type IpFamily,
  planAddons,
  planAdmins,
  planCidrs,
  planFacts,
  planSecretsKey,
  planTags,
  planZones,
} from './checks';
import { clusterConfig } from './cluster-config';
import { familyOf, loadBalancerSubnets, maxNodes, nodeFacts } from './described';
import { InstanceType } from './instance-type';
import { type NodeGroupPlan, planNodeGroups } from './node-groups';
import { type OwnConfig, ownConfig, withProps } from './own-config';
import type { ClusterProps } from './props';

/** The keys of what is said of every cluster. */
export const FACT_KEYS = {
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
  instanceTypes: true,
  systemPods: true,
  config: true,
  customize: true,
  nodeGroups: true,
  autoMode: true,
};

/** What the ClusterConfig of a cluster is made of, beside what workloads require. */
export interface ConfigPlan {
  readonly name: string;
  readonly region: Region;
  readonly version: KubernetesVersion;
  readonly zones: readonly string[];
  readonly ipFamily: IpFamily;
  readonly vpcCidr: Cidr;
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
  readonly own: OwnConfig;
  /** Whether the subnets of load balancers were said, as they must be of an own VPC. */
  readonly saysSubnets: boolean;
}

/** What instance types have and system pods ask for, beyond the library's tables. */
export type Sizes = Pick<ClusterProps, 'instanceTypes' | 'systemPods'>;

/** A cluster with every default filled in; without a config it exists already. */
export interface ClusterPlan {
  readonly context: ClusterContext;
  readonly config: ConfigPlan | undefined;
  /** The ClusterConfig before workloads add to it, or the one that an existing cluster was made from; undefined where nobody knows. */
  readonly described: ClusterConfig | undefined;
  /** What the user said for the report on capacity. */
  readonly sizes: Sizes;
  /** What is allowed but seldom meant. */
  readonly problems: readonly Problem[];
}

/** A cluster that is made. */
export function planCluster(check: Check, name: string, written: ClusterProps): ClusterPlan {
  check.keys<ClusterProps>('props', written ?? null, CLUSTER_KEYS);
  const props = withProps(check, name, written);
  check.keys('customize', props.customize, { clusterConfig: true });
  const own = ownConfig(props.config);
  const ipFamily = familyOf(own.over);
  const facts = planFacts(check, props, true, ipFamily);
  const auto = planAutoMode(check, props);
  const subnets = own.over.vpc?.subnets;
  const zones = subnets ? (subnetZones(subnets) ?? []) : planZones(check, props.region, props.availabilityZones);
  if (hasOwnVpc(own.over) && props.vpcCidr === undefined) {
    check.fail(
      'config gives the cluster a VPC of its own, whose range nobody has said',
      "write it as vpcCidr: '10.0.0.0/16'; the ranges of Services must lie outside of it",
    );
  }
  const config: ConfigPlan = {
    name,
    region: props.region,
    version: props.version,
    zones,
    ipFamily,
    vpcCidr: facts.vpcCidr,
    serviceRange: facts.serviceRange,
    nodeGroups: auto || !asksForGroups(props) ? [] : planNodeGroups(check, props.nodeGroups, zones),
    nodePools: auto?.nodePools,
    addons: planAddons(check, props.addons, auto ? 'auto' : 'node-groups'),
    admins: planAdmins(check, props.admins, props.region),
    secretsKey: planSecretsKey(check, props.secretsKey, props.region),
    publicAccessCIDRs: planCidrs(check, 'publicAccessCIDRs', props.publicAccessCIDRs),
    tags: planTags(check, props.tags),
    own,
    saysSubnets: facts.subnets !== undefined,
  };
  const described = clusterConfig(config, {
    addons: ownAddons(auto ? 'auto' : 'node-groups', props.region, config),
    associations: own.associations,
    entries: own.entries,
  });
  return {
    context: {
      facts: {
        name,
        made: true,
        region: props.region,
        version: props.version,
        compute: auto ? 'auto' : 'node-groups',
        addons: new Set(described.addons.map((addon) => addon.name)),
        features: new Set<ClusterFeature>([
          'pod-identity',
          ...(isOffered('metrics-server', props.region) ? (['metrics'] as const) : []),
          ...(auto ? (['network-policy', 'ebs', 'load-balancer'] as const) : []),
        ]),
        ...nodeFacts(described, auto?.architectures),
      },
      loadBalancerSubnets: facts.subnets ?? loadBalancerSubnets(described, facts.vpc),
      ipFamily,
      vpcCidr: ipFamily === 'IPv6' ? described.vpc.ipv6Cidr : facts.vpcCidr,
      dns: facts.dns,
      apiServer: facts.apiServer,
      maxNodes: maxNodes(described),
    },
    config,
    described,
    sizes: planSizes(check, props),
    // the rules say what is seldom meant
    problems: [],
  };
}

/** Types are made by InstanceType, which has checked what they have. */
export function planSizes(check: Check, { instanceTypes, systemPods }: Sizes): Sizes {
  for (const type of instanceTypes ?? []) {
    if (!(type instanceof InstanceType)) {
      check.fail(`${describe(type)} is no instance type`, "write InstanceType.custom({ name: 'm9i.large', ... })");
    }
  }
  return { ...(instanceTypes ? { instanceTypes } : {}), ...(systemPods ? { systemPods } : {}) };
}

/** A cluster must have something to run on; what `config` brings is enough. */
function asksForGroups({ nodeGroups, config }: ClusterProps): boolean {
  const brought = [config?.managedNodeGroups, config?.nodeGroups, config?.fargateProfiles].some((list) => list?.length);
  return nodeGroups !== undefined || !(brought || config?.remoteNetworkConfig);
}
