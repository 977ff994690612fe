import { eksctlAddonNames } from '../../eks/addons';
import { hasOwnVpc } from '../../eksctl/rules/accessors';
import type { ClusterConfig } from '../../eksctl/types';
import type { Cidr, KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { ClusterFeature } from '../core/requirements';
import { configurationOf } from './addons';
import { familyOf, loadBalancerSubnets, maxNodes, nodeFacts, windowsTaints } from './derived-from-config';
import { resolveKarpenterNodes } from './karpenter/resolve-karpenter';
import type { DescribedClusterProps, ExistingClusterProps } from './props';
import { resolveArchitectures } from './resolve-auto-mode';
import { BASE_KEYS } from './resolve-cluster';
import { type ResolvedNetwork, resolveNetwork } from './resolve-network';
import { resolveSizes, type Sizes } from './resolve-props';
import { checkRegion, resolveVersion } from './resolve-region';
import type { ResolvedCluster } from './resolved-cluster';

const EXISTING_KEYS: KeyTable<ExistingClusterProps> = {
  ...BASE_KEYS,
  compute: true,
  addons: 'texts',
  features: 'texts',
  architectures: 'texts',
  zones: true,
  karpenter: 'object',
  classes: true,
};
const DESCRIBED_KEYS: KeyTable<DescribedClusterProps> = {
  addons: 'texts',
  features: 'texts',
  karpenter: 'object',
  classes: true,
  loadBalancerSubnets: 'object',
  instanceTypes: 'list',
  systemPods: 'map',
  waive: 'map',
};
const FEATURES: readonly ClusterFeature[] = ['ebs', 'load-balancer', 'metrics', 'network-policy', 'pod-identity'];

/** A cluster that exists, from its props. */
export function resolveExisting(
  check: Check,
  name: string,
  props: ExistingClusterProps,
  described?: ClusterConfig,
  sizes: Sizes = {},
): ResolvedCluster {
  check.keys<ExistingClusterProps>('props', props ?? null, EXISTING_KEYS);
  const ipFamily = familyOf(described ?? {});
  checkRegion(check, props.region);
  const network = resolveNetwork(check, props, false, ipFamily, described !== undefined);
  const problems = resolveVersion(check, props.version);
  const compute = props.compute ?? 'node-groups';
  check.oneOf('compute', compute, ['node-groups', 'auto']);
  for (const [i, addon] of (props.addons ?? []).entries()) {
    check.text(`addons[${i}]`, addon);
  }
  for (const [i, feature] of (props.features ?? []).entries()) {
    check.oneOf(`features[${i}]`, feature, FEATURES);
  }
  resolveArchitectures(check, 'architectures', props.architectures);
  const classes = props.classes ?? 'written';
  check.oneOf('classes', classes, ['written', 'present']);
  const karpenter = resolveKarpenterNodes(check, props.karpenter);
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
        architectures: props.architectures && new Set([...props.architectures, ...(karpenter?.architectures ?? [])]),
        zones: props.zones === undefined ? undefined : check.integer('zones', props.zones, 1),
        ...(karpenter ? { karpenter } : {}),
      },
      loadBalancerSubnets: network.subnets ?? (described && loadBalancerSubnets(described, network.vpc)),
      ipFamily,
      vpcCidr: ipFamily === 'IPv6' ? described?.vpc?.ipv6Cidr : knownRange(props, network, described),
      dns: network.dns,
      apiServer: network.apiServer,
      maxNodes: karpenter ? undefined : described && maxNodes(described),
      ...(described ? windowsTaints(described) : {}),
    },
    config: undefined,
    hasClasses: classes === 'present',
    described,
    sizes: resolveSizes(check, sizes),
    problems,
  };
}

/** Only of a cluster that eksctl made without a range the default is known to be that of eksctl. */
function knownRange(
  { vpcCidr }: ExistingClusterProps,
  network: ResolvedNetwork,
  described: ClusterConfig | undefined,
): Cidr | undefined {
  return vpcCidr === undefined && !described ? undefined : network.vpcCidr;
}

/** A cluster that exists, from the ClusterConfig that it was made from. */
export function resolveFromConfig(
  check: Check,
  name: string,
  config: ClusterConfig,
  props: DescribedClusterProps,
): ResolvedCluster {
  check.keys<DescribedClusterProps>('props', props, DESCRIBED_KEYS);
  const { metadata, vpc, kubernetesNetworkConfig } = config;
  if (metadata.name !== name) {
    check.fail(
      'invalid',
      '',
      `the id must be the name in the ClusterConfig, '${metadata.name}', but is '${name}'`,
      `write '${metadata.name}' as the id`,
    );
  }
  if (metadata.version === undefined) {
    check.fail(
      'required',
      'metadata.version',
      'metadata.version is required in the ClusterConfig',
      "add the version of the cluster, for example '1.35'",
    );
  }
  if (hasOwnVpc(config) && vpc?.cidr === undefined) {
    check.fail(
      'required',
      'vpc.cidr',
      'vpc.cidr is required in the ClusterConfig, since it has an existing VPC',
      'add the range of the VPC, for example 10.0.0.0/16',
    );
  }
  const { architectures, zones } = nodeFacts(config, undefined);
  const described: ExistingClusterProps = {
    region: metadata.region,
    version: metadata.version,
    compute: config.autoModeConfig?.enabled ? 'auto' : 'node-groups',
    addons: [...new Set([...addonsOf(config), ...(props.addons ?? [])])],
    features: [...new Set([...featuresOf(config), ...(props.features ?? [])])],
    ...(architectures ? { architectures: [...architectures] } : {}),
    ...(zones === undefined ? {} : { zones }),
    ...(vpc?.cidr === undefined ? {} : { vpcCidr: vpc.cidr }),
    ...(kubernetesNetworkConfig?.serviceIPv4CIDR === undefined
      ? {}
      : { serviceIPv4CIDR: kubernetesNetworkConfig.serviceIPv4CIDR }),
    ...(props.karpenter === undefined ? {} : { karpenter: props.karpenter }),
    ...(props.classes === undefined ? {} : { classes: props.classes }),
    ...(props.loadBalancerSubnets === undefined ? {} : { loadBalancerSubnets: props.loadBalancerSubnets }),
  };
  return resolveExisting(check, name, described, config, props);
}

/** The listed add-ons, and those that eksctl adds by default. */
function addonsOf({ addons = [], addonsConfig, autoModeConfig, metadata }: ClusterConfig): string[] {
  const added = eksctlAddonNames(autoModeConfig?.enabled === true, metadata.region);
  return [...addons.map(({ name }) => name), ...(addonsConfig?.disableDefaultAddons ? [] : added)];
}

function featuresOf(config: ClusterConfig): ClusterFeature[] {
  const addons = new Set(addonsOf(config));
  const auto = config.autoModeConfig?.enabled === true;
  const cni = config.addons?.find(({ name }) => name === 'vpc-cni');
  const controller = [...(config.iam?.podIdentityAssociations ?? []), ...(config.iam?.serviceAccounts ?? [])].some(
    ({ wellKnownPolicies }) => wellKnownPolicies?.awsLoadBalancerController,
  );
  const has: Readonly<Record<ClusterFeature, boolean>> = {
    ebs: auto || addons.has('aws-ebs-csi-driver'),
    'load-balancer': auto || controller,
    metrics: addons.has('metrics-server'),
    'network-policy': String(cni && configurationOf(cni).configuration?.enableNetworkPolicy) === 'true',
    'pod-identity': auto || addons.has('eks-pod-identity-agent'),
  };
  return FEATURES.filter((feature) => has[feature]);
}
