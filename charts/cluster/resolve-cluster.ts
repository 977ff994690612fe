import { isOffered } from '../../eks/addons';
import { subnetZones } from '../../eksctl/resolved-node-group';
import { hasOwnVpc } from '../../eksctl/rules/accessors';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { ClusterFeature } from '../core/requirements';
import { ownAddons } from './addons';
import { clusterConfig } from './cluster-config';
import { familyOf, loadBalancerSubnets, maxNodes, nodeFacts, windowsTaints } from './derived-from-config';
import { privateSubnets, resolveKarpenter } from './karpenter/resolve-karpenter';
import { resolveNodeGroups } from './node-groups';
import type { ClusterProps } from './props';
import { resolveAutoMode } from './resolve-auto-mode';
import { resolveCidrs, resolveNetwork } from './resolve-network';
import { resolveAddons, resolveAdmins, resolveSecretsKey, resolveSizes, resolveTags } from './resolve-props';
import { checkRegion, resolveVersion, resolveZones } from './resolve-region';
import type { ResolvedCluster, ResolvedConfig } from './resolved-cluster';
import { userConfig, withProps } from './user-config';

/** The keys of `ClusterBaseProps`. */
export const BASE_KEYS = {
  region: 'text',
  version: 'text',
  vpcCidr: 'text',
  serviceIPv4CIDR: 'text',
  loadBalancerSubnets: 'object',
  waive: 'map',
} as const;
const CLUSTER_KEYS: KeyTable<ClusterProps> = {
  ...BASE_KEYS,
  addons: 'list',
  admins: 'texts',
  secretsKey: 'text',
  availabilityZones: 'texts',
  publicAccessCIDRs: 'texts',
  tags: 'map',
  instanceTypes: 'list',
  systemPods: 'map',
  config: 'object',
  customize: 'object',
  nodeGroups: 'list',
  autoMode: true,
  karpenter: 'object',
};

/** Validates the props of a cluster that eksctl creates, and fills in their defaults. */
export function resolveCluster(check: Check, name: string, given: ClusterProps): ResolvedCluster {
  check.keys<ClusterProps>('props', given ?? null, CLUSTER_KEYS);
  const props = withProps(check, name, given);
  check.keys('customize', props.customize, { clusterConfig: true });
  const user = userConfig(props.config);
  const ipFamily = familyOf(user.over);
  checkRegion(check, props.region);
  const network = resolveNetwork(check, props, true, ipFamily);
  // what is unknown of the version is reported by the rules on the ClusterConfig
  resolveVersion(check, props.version);
  const auto = resolveAutoMode(check, props);
  const karpenter = resolveKarpenter(check, props.karpenter, { version: props.version, auto: auto !== undefined });
  const subnets = user.over.vpc?.subnets;
  const zones = subnets ? (subnetZones(subnets) ?? []) : resolveZones(check, props.region, props.availabilityZones);
  if (hasOwnVpc(user.over) && props.vpcCidr === undefined) {
    check.fail(
      'required',
      'vpcCidr',
      'vpcCidr is required, since config has an existing VPC: the range of Services must be outside it',
      "write the range of the VPC, for example vpcCidr: '10.0.0.0/16'",
    );
  }
  const config: ResolvedConfig = {
    name,
    region: props.region,
    version: props.version,
    zones,
    ipFamily,
    vpcCidr: network.vpcCidr,
    serviceRange: network.serviceRange,
    nodeGroups: auto || !needsNodeGroups(props) ? [] : resolveNodeGroups(check, props.nodeGroups, zones),
    nodePools: auto?.nodePools,
    addons: resolveAddons(check, props.addons, auto ? 'auto' : 'node-groups'),
    admins: resolveAdmins(check, props.admins, props.region),
    secretsKey: resolveSecretsKey(check, props.secretsKey, props.region),
    publicAccessCIDRs: resolveCidrs(check, 'publicAccessCIDRs', props.publicAccessCIDRs),
    tags: resolveTags(check, props.tags),
    waive: props.waive,
    user,
    hasLoadBalancerSubnets: network.subnets !== undefined,
  };
  const described = clusterConfig(config, {
    addons: ownAddons(auto ? 'auto' : 'node-groups', props.region, config),
    associations: user.associations,
    entries: user.entries,
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
        ...(karpenter ? { karpenter } : {}),
      },
      loadBalancerSubnets: network.subnets ?? loadBalancerSubnets(described, network.vpc),
      ipFamily,
      vpcCidr: ipFamily === 'IPv6' ? described.vpc.ipv6Cidr : network.vpcCidr,
      dns: network.dns,
      apiServer: network.apiServer,
      maxNodes: karpenter ? undefined : maxNodes(described),
      ...windowsTaints(described),
    },
    karpenter: karpenter && {
      ...karpenter,
      subnets: hasOwnVpc(user.over) ? privateSubnets(check, user.over) : undefined,
    },
    config,
    described,
    sizes: resolveSizes(check, props),
    problems: [],
  };
}

/** Whether `nodeGroups` is needed: node groups, Fargate profiles or remote nodes of `config` are enough. */
function needsNodeGroups({ nodeGroups, config }: ClusterProps): boolean {
  const brought = [config?.managedNodeGroups, config?.nodeGroups, config?.fargateProfiles].some((list) => list?.length);
  return nodeGroups !== undefined || !(brought || config?.remoteNetworkConfig);
}
